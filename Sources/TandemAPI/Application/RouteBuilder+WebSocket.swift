// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

extension RouteBuilder {
    /// Serves WebSockets on a path.
    ///
    /// ```swift
    /// routes.webSocket("/echo/{name}") { call, socket in
    ///     for try await message in socket.messages { try await socket.send(message) }
    /// }
    /// ```
    /// A request that asks for no WebSocket is answered 426; what else is refused, and when the closure's task is
    /// cancelled, is as in ``Response/webSocket(_:_:_:)``.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - settings: What the WebSockets allow.
    ///   - file: Where it is declared.
    ///   - line: Where it is declared.
    ///   - serve: Runs as long as a WebSocket is open, with the call that began it; it is closed when this returns.
    public func webSocket(
        _ path: PathPattern,
        _ settings: WebSocketSettings = WebSocketSettings(),
        file: String = #fileID,
        line: Int = #line,
        _ serve: @escaping @Sendable (Call, WebSocket) async throws -> Void
    ) {
        let respond: @Sendable (Call) throws -> Response = { call in
            try Response.webSocket(call.request, settings) { socket in try await serve(call, socket) }
        }
        self.add(
            Endpoint(
                .get,
                path,
                name: "webSocket",
                source: SourcePlace(fileID: file, line: line),
                describe: { definitions in
                    var operation = Operation("webSocket", result: Response.describe(in: &definitions))
                    operation.isDocumented = false
                    return operation
                },
                respondImmediately: respond,
                respond: { call in try respond(call) }
            )
        )
    }
}
