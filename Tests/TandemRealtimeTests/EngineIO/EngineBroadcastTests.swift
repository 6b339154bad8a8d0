// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import Testing

@testable import TandemRealtime

struct EngineBroadcastTests {
    @Test
    func `a batch goes to clients on both transports, with nothing in between`() async throws {
        try await EngineFixture.running { fixture in
            let target = try await fixture.open()
            let socket = try await fixture.socket { socket in
                _ = try socket.text()
                return socket
            }
            let batch: [EngineMessage] = [.text("a"), .binary(Bytes([1, 2]))]
            let sessions = fixture.log.sessions
            #expect(sessions.count == 2)
            await withTaskGroup { tasks in
                for _ in 0..<100 {
                    tasks.addTask { EngineSession.send(batch, to: sessions) }
                    tasks.addTask { sessions[1].send([.text("b"), .text("c")]) }
                }
            }
            try await onThread {
                for _ in 0..<200 {
                    let first = try socket.text()
                    let second = try socket.next()
                    #expect(first == "4a" ? second?.payload == [1, 2] : second?.payload == Array("4c".utf8))
                }
            }
            let polled = try await fixture.request("GET", target).text
            #expect(polled == Array(repeating: "4a\u{1E}bAQI=", count: 100).joined(separator: "\u{1E}"))
        }
    }
}
