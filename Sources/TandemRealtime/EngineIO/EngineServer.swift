// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
package import TandemHTTP

/// Answers the requests of Engine.IO's clients, protocol 4: polling, WebSockets, and the move from one to the other.
package final class EngineServer: Sendable {
    let options: SocketIOOptions
    let sessions: EngineSessions
    private let accept: @Sendable (EngineSession) -> any EngineReceiver
    private let path: String
    private let pathWithSlash: String
    private let compression: Compression?

    /// A server.
    ///
    /// - Parameters:
    ///   - options: Its options.
    ///   - accept: Gives each session somebody who takes its messages; it may send at once.
    package init(
        _ options: SocketIOOptions = SocketIOOptions(),
        accept: @escaping @Sendable (EngineSession) -> any EngineReceiver
    ) {
        self.options = options
        self.accept = accept
        self.sessions = EngineSessions(options)
        self.path = options.path.hasSuffix("/") ? String(options.path.dropLast()) : options.path
        self.pathWithSlash = self.path + "/"
        self.compression = options.httpCompression.map {
            Compression(codings: [.gzip, .deflate], minimumSize: $0.threshold)
        }
    }

    /// How many clients are connected.
    package var clientsCount: Int { self.sessions.count }

    /// Whether a request is one of its clients', by its path.
    package func answers(_ request: Request) -> Bool {
        let path = request.path
        return path == self.pathWithSlash || !self.options.addTrailingSlash && path == self.path
    }

    /// Closes all sessions, and takes no more.
    package func close(_ reason: DisconnectReason = .serverShuttingDown) { self.sessions.close(reason) }

    /// Gives a session to the layer above; `false` where the server has closed.
    func open(_ session: EngineSession) -> Bool {
        guard self.sessions.insert(session) else { return false }
        session.open(for: self.accept(session))
        return true
    }

    /// What a client is told of its session, as JSON.
    func opening(of session: EngineSession) -> EnginePacket {
        let canUpgrade =
            session.transport == .polling && self.options.allowUpgrades
            && self.options.transports.contains(.websocket)
        return .open(
            """
            {"sid":"\(session.id)","upgrades":[\(canUpgrade ? "\"websocket\"" : "")],\
            "pingInterval":\(self.sessions.pingInterval),"pingTimeout":\(self.sessions.pingTimeout),\
            "maxPayload":\(self.options.maxHttpBufferSize)}
            """
        )
    }
}

extension EngineServer: Middleware {
    /// Answers the requests of its clients, and leaves all others to what follows.
    package func respond(to request: Request, next: Next) async throws -> Response {
        try await self.answers(request) ? self.respond(to: request) : next(request)
    }

    package func respondImmediately(to request: Request, next: Next) throws -> Response? {
        try self.answers(request) ? self.respondImmediately(to: request) : next.immediately(request)
    }
}

extension EngineServer: Handler {
    /// Answers a request of a client, whatever its path.
    package func respond(to request: Request) async throws -> Response {
        if case .answered(let response)? = self.options.cors?.receive(request) { return response }
        let answer = request.isUpgrade ? await self.answerUpgrade(request) : await self.answer(request)
        return self.finished(answer, to: request)
    }

    package func respondImmediately(to request: Request) throws -> Response? {
        if case .answered(let response)? = self.options.cors?.receive(request) { return response }
        if request.isUpgrade { return nil }
        return self.immediateAnswer(to: request).map { self.finished($0, to: request) }
    }

    private func finished(_ response: Response, to request: Request) -> Response {
        var response = response
        self.options.cors?.finish(&response, to: request)
        self.compression?.finish(&response, to: request)
        return response
    }
}

extension Request {
    /// Whether it asks for a WebSocket.
    fileprivate var isUpgrade: Bool { self.headers.has("upgrade", "websocket") || self.method == .connect }
}
