// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemHTTP

/// Who is in which room.
final class Rooms: Sendable {
    private struct State: Sendable {
        var members: [String: [Int: WebSocket]] = [:]
        var served = 0
    }

    private let state = Mutex(State())

    /// Does what a client says, `join ROOM` or `send ROOM TEXT`, until it leaves.
    func serve(_ socket: WebSocket) async throws {
        let number = self.state.withLock { state in
            state.served += 1
            return state.served
        }
        var joined: Set<String> = []
        defer { self.leave(joined, number) }
        for try await message in socket.messages {
            guard case .text(let text) = message else { continue }
            let words = text.split(separator: " ", maxSplits: 2)
            if words.count == 2, words[0] == "join" {
                let room = String(words[1])
                joined.insert(room)
                self.state.withLock { $0.members[room, default: [:]][number] = socket }
                try await socket.send("joined \(room)")
            } else if words.count == 3, words[0] == "send" {
                let members = self.state.withLock { $0.members[String(words[1])] } ?? [:]
                WebSocket.send(.text(String(words[2])), to: members.values)
            }
        }
    }

    private func leave(_ rooms: Set<String>, _ number: Int) {
        self.state.withLock { state in
            for room in rooms {
                state.members[room]?[number] = nil
                if state.members[room]?.isEmpty == true { state.members[room] = nil }
            }
        }
    }
}
