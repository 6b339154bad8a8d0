// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Response {
    /// Turns the request's connection into a WebSocket, where the request asks for that as RFC 6455, section 4.2 says.
    ///
    /// ```swift
    /// Response.webSocket(request) { socket in
    ///     for try await message in socket.messages { try await socket.send(message) }
    /// }
    /// ```
    ///
    /// The WebSocket is closed once the closure returns, with 1011 where it throws. Where the client is gone while the
    /// closure does not wait for messages, its task is cancelled.
    ///
    /// Over HTTP/2 a client asks by an extended CONNECT (RFC 8441), which is a GET to routes and is answered 200.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - settings: What the WebSocket allows.
    ///   - serve: Runs as long as the WebSocket is open, on the event loop of its connection.
    /// - Throws: ``HTTPError`` with 400 where the handshake is malformed, 403 for a page of another origin, 426 where
    ///   no WebSocket is asked for, or another version.
    public static func webSocket(
        _ request: Request,
        _ settings: WebSocketSettings = WebSocketSettings(),
        _ serve: @escaping @Sendable (WebSocket) async throws -> Void
    ) throws(HTTPError) -> Response {
        let handshake = try WebSocketHandshake(request, settings)
        var headers: Headers = ["upgrade": "websocket"]
        if let accept = handshake.accept { headers.add("sec-websocket-accept", accept) }
        if let subprotocol = handshake.subprotocol { headers.add("sec-websocket-protocol", subprotocol) }
        if let compression = handshake.compression { headers.add("sec-websocket-extensions", compression.field) }
        let upgrade = WebSocketUpgrade(
            settings: settings,
            subprotocol: handshake.subprotocol,
            compression: handshake.compression,
            serve: serve
        )
        return Response(status: .switchingProtocols, headers: headers, body: .webSocket(upgrade))
    }
}
