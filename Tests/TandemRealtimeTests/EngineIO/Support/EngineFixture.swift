// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

@testable import TandemRealtime

/// A server of Engine.IO at a free port, whose sessions echo what they get.
struct EngineFixture: Sendable {
    let port: Int
    let server: EngineServer
    let log: SessionLog

    static let polling = "/socket.io/?EIO=4&transport=polling"
    static let webSocket = "/socket.io/?EIO=4&transport=websocket"

    /// Runs a server while `body` does.
    static func running<Result: Sendable>(
        _ options: SocketIOOptions = SocketIOOptions(),
        _ body: (EngineFixture) async throws -> Result
    ) async throws -> Result {
        let log = SessionLog()
        let engine = EngineServer(options) { session in
            log.opened(session)
            return Echo(session: session, log: log)
        }
        return try await serving(engine) { port in
            try await body(EngineFixture(port: port, server: engine, log: log))
        }
    }

    /// Sends a request on a connection of its own.
    func request(
        _ method: String,
        _ target: String,
        fields: [String: String] = [:],
        body: String? = nil
    ) async throws -> WireAnswer {
        let port = self.port
        return try await onThread {
            try WireClient(port: port).request(method, target, fields: fields, body: body)
        }
    }

    /// Opens a session on polling, and returns the target of its requests.
    func open() async throws -> String {
        let answer = try await self.request("GET", Self.polling)
        let id = answer.text.split(separator: "\"").dropFirst(3).first ?? ""
        return "\(Self.polling)&sid=\(id)"
    }

    /// Waits until a request of the first session waits for packets.
    func waitForPoll() async throws {
        try await Self.wait { self.log.sessions.first?.isWritable == true }
    }

    /// The session that began first, once it has.
    func firstSession() async throws -> EngineSession {
        try await Self.wait { !self.log.sessions.isEmpty }
        return self.log.sessions[0]
    }

    private static func wait(until isSo: () -> Bool) async throws {
        let start = ContinuousClock.now
        while !isSo() {
            guard start.duration(to: .now) < .seconds(10) else { throw NeverHappened() }
            await Task.yield()
        }
    }

    /// Runs code that blocks with a WebSocket.
    func socket<Result: Sendable>(
        _ target: String = Self.webSocket,
        fields: [String: String] = [:],
        _ body: @escaping @Sendable (WireSocket) throws -> Result
    ) async throws -> Result {
        let port = self.port
        return try await onThread { try body(WireSocket(port: port, target, fields: fields)) }
    }
}

/// What a test waited for did not come.
struct NeverHappened: Error {}

/// Sends back what it gets.
private struct Echo: EngineReceiver {
    let session: EngineSession
    let log: SessionLog

    func receive(_ message: EngineMessage) async {
        self.log.received(message)
        self.session.send([message])
    }

    func closed(_ reason: DisconnectReason) { self.log.closed(reason) }
}
