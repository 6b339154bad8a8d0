// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemHTTP
import TandemSchema
import Testing

@testable import TandemRealtime

/// A process of a service, as far as its clients and the others can see: a Socket.IO server with an adapter, at a port.
struct AdapterFixture: Sendable {
    let io: SocketIOServer
    let port: Int

    /// Runs a server while `body` does.
    ///
    /// Each client is in the rooms that its `auth` names.
    static func running<Result: Sendable>(
        _ adapter: @escaping @Sendable (LocalSockets) -> any SocketIOAdapter,
        _ body: (AdapterFixture) async throws -> Result
    ) async throws -> Result {
        let io = SocketIOServer(SocketIOOptions(), adapter: adapter)
        io.onConnection { socket in
            guard case .array(let rooms)? = socket.handshake.auth["rooms"] else { return }
            for room in rooms { socket.join(room.string ?? "") }
        }
        return try await serving(io) { port in
            let result = try await body(AdapterFixture(io: io, port: port))
            await io.sockets.adapter.close()
            return result
        }
    }

    /// What a server answers another with.
    ///
    /// Swift 6.3 crashes on a closure in its place.
    static let sum: @Sendable ([Int]) async throws -> Int = { $0.reduce(0, +) }

    /// A client that has joined the main namespace.
    func client(in rooms: String...) async throws -> AdapterClient {
        let port = self.port
        return try await onThread { try AdapterClient(port: port, rooms: rooms) }
    }
}

/// A client over a WebSocket, packet by packet.
struct AdapterClient: Sendable {
    private let socket: WireSocket
    let id: String

    init(port: Int, rooms: [String]) throws {
        self.socket = try WireSocket(port: port, "/socket.io/?EIO=4&transport=websocket")
        _ = try self.socket.text()
        self.socket.send("40" + #"{"rooms":["# + rooms.map { "\"\($0)\"" }.joined(separator: ",") + "]}")
        let answer = try #require(try self.socket.text())
        let json = try JSON.decode(JSON.self, from: String(answer.dropFirst(2)))
        self.id = try #require(json.object?["sid"]?.string)
    }

    /// The next packet, as text; `nil` once the server closes.
    ///
    /// Pings are answered, and bytes come as `bytes:…`.
    func next() async throws -> String? {
        let socket = self.socket
        return try await onThread {
            while let (opcode, payload) = try socket.next() {
                let text = String(decoding: payload, as: UTF8.self)
                if opcode == 2 { return "bytes:" + text }
                if text != "2" { return text }
                socket.send("3")
            }
            return nil
        }
    }

    func send(_ text: String) { self.socket.send(text) }
}
