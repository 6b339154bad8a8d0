// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP

extension EngineServer {
    /// The answer to a request for a WebSocket.
    func answerUpgrade(_ request: Request) async -> Response {
        do throws(EngineError) {
            let admitted = try self.admit(request, isUpgrade: true)
            let settings = self.settings(for: request)
            switch admitted {
            case .session(let session):
                return Self.webSocket(request, settings) { socket in await session.upgrade(to: socket) }
            case .client:
                try await self.allow(request)
                let handshake = Handshake(request)
                return Self.webSocket(request, settings) { socket in await self.serve(socket, handshake) }
            }
        } catch {
            return Self.refusedUpgrade(error)
        }
    }

    /// Serves a client that begins with a WebSocket.
    private func serve(_ socket: WebSocket, _ handshake: Handshake) async {
        let session = EngineSession(handshake, in: self.sessions, on: socket)
        socket.post([self.opening(of: session).onWebSocket])
        guard self.open(session) else { return socket.close(.goingAway) }
        await session.read(socket)
    }

    private static func webSocket(
        _ request: Request,
        _ settings: WebSocketSettings,
        _ serve: @escaping @Sendable (WebSocket) async -> Void
    ) -> Response {
        do throws(HTTPError) {
            return try Response.webSocket(request, settings, serve)
        } catch {
            return error.response
        }
    }

    private func settings(for request: Request) -> WebSocketSettings {
        var settings = WebSocketSettings()
        settings.origins = self.options.cors?.permits(request) == true ? ["*"] : nil
        settings.compression = self.options.perMessageDeflate
        settings.maxMessageBytes = self.options.maxHttpBufferSize
        settings.maxFrameBytes = self.options.maxHttpBufferSize
        // The packets have pings of their own.
        settings.pingInterval = nil
        settings.sendQueueBytes = self.options.sendQueueBytes
        settings.slowReader = .close
        return settings
    }

    /// A refusal as the reference implementation writes it; browsers do not show it to the page.
    private static func refusedUpgrade(_ error: EngineError) -> Response {
        var response = Response(Bytes(error.message), contentType: "text/html", status: .badRequest)
        response.headers.add("connection", "close")
        return response
    }
}
