// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A WebSocket (RFC 6455): messages both ways until one side closes.
///
/// A handle that can be kept and passed on; any task may send.
///
/// ```swift
/// Response.webSocket(request) { socket in
///     for try await message in socket.messages { try await socket.send(message) }
/// }
/// ```
public struct WebSocket: Sendable {
    package let link: any WebSocketLink
    /// The subprotocol that was agreed on.
    public let subprotocol: String?

    package init(_ link: any WebSocketLink, subprotocol: String?) {
        self.link = link
        self.subprotocol = subprotocol
    }

    /// The messages as they arrive; for one reader.
    public var messages: WebSocketMessages { WebSocketMessages(link: self.link) }

    /// Sends a text.
    ///
    /// Where the client does not read as fast, `WebSocketSettings.slowReader` says what happens; by default this
    /// waits.
    ///
    /// - Throws: ``WebSocketError`` once the WebSocket is closed, and where the task is cancelled while it waits.
    public func send(_ text: String) async throws(WebSocketError) {
        try await self.link.send(.text(text))
    }

    /// Sends bytes, as with a text.
    ///
    /// - Throws: ``WebSocketError`` once the WebSocket is closed, and where the task is cancelled while it waits.
    public func send(_ bytes: Bytes) async throws(WebSocketError) {
        try await self.link.send(.binary(bytes))
    }

    /// Sends a message, as with a text.
    ///
    /// - Throws: ``WebSocketError`` once the WebSocket is closed, and where the task is cancelled while it waits.
    public func send(_ message: WebSocketMessage) async throws(WebSocketError) {
        try await self.link.send(message)
    }

    /// Closes once what was sent before is out; the messages end at once.
    ///
    /// - Parameters:
    ///   - code: Why. What may not be sent (RFC 6455, section 7.4) is left out.
    ///   - reason: Text for the client, cut to 123 bytes.
    public func close(_ code: WebSocketCloseCode = .normal, reason: String = "") {
        self.link.close(code, reason: reason)
    }

    /// Sends a frame from any thread; where the queue is full, `WebSocketSettings.slowReader` says what happens.
    package func post(_ frame: WebSocketFrame) {
        self.link.onLoop { self.link.deliver(frame) }
    }

    /// Sends a frame to many sockets: one hop for each event loop, not one a socket.
    package static func post(_ frame: WebSocketFrame, to sockets: some Sequence<WebSocket>) {
        self.post([frame], to: sockets)
    }
}
