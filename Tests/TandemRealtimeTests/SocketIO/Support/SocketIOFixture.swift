// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemSchema

@testable import TandemRealtime

/// A Socket.IO server on a port of its own.
struct SocketIOFixture: Sendable {
    let port: Int
    let io: SocketIOServer

    static let webSocket = "/socket.io/?EIO=4&transport=websocket"

    /// Runs a server while `body` does.
    static func running<Result: Sendable>(
        _ options: SocketIOOptions = SocketIOOptions(),
        build: (SocketIOServer) throws -> Void = { _ in },
        _ body: (SocketIOFixture) async throws -> Result
    ) async throws -> Result {
        let io = SocketIOServer(options)
        try build(io)
        let page = Response(Bytes("<!doctype html>"), contentType: "text/html")
        return try await serving(io, beside: page, eventLoops: 2) { port in
            let result = try await body(SocketIOFixture(port: port, io: io))
            await io.close()
            return result
        }
    }

    var url: String { "http://127.0.0.1:\(self.port)" }

    /// Runs code that blocks with a WebSocket of Engine.IO, whose first packet has been taken.
    func socket<Result: Sendable>(
        _ body: @escaping @Sendable (WireSocket) throws -> Result
    ) async throws -> Result {
        let port = self.port
        return try await onThread {
            let socket = try WireSocket(port: port, Self.webSocket)
            _ = try socket.text()
            return try body(socket)
        }
    }

    /// Waits until something is so.
    static func wait(until isSo: () -> Bool) async throws {
        let start = ContinuousClock.now
        while !isSo() {
            guard start.duration(to: .now) < .seconds(10) else { throw NeverHappened() }
            await Task.yield()
        }
    }
}

extension WireSocket {
    /// Joins a namespace, and returns what the server says to that.
    func join(_ namespace: String = "/") throws -> String? {
        self.send(namespace == "/" ? "40" : "40\(namespace),")
        return try self.text()
    }
}
