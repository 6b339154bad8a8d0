// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What carries a WebSocket's messages: a server's connection, or a test's pipe.
package protocol WebSocketLink: Sendable {
    /// The next message; `nil` once the other side has closed normally, or the task is cancelled.
    func next() async throws(WebSocketError) -> WebSocketMessage?
    /// Sends a message, and waits where the queue is full and the policy says so.
    func send(_ message: WebSocketMessage) async throws(WebSocketError)
    /// Sends a frame without waiting; to be called on the link's loop.
    func deliver(_ frame: WebSocketFrame)
    /// Sends a message that nobody else gets, as with a frame.
    func deliver(_ message: WebSocketMessage)
    /// Whether the client has yet to take what was sent before; to be asked on the link's loop.
    var isBehind: Bool { get }
    /// Where the link lives.
    var loop: ObjectIdentifier { get }
    /// Calls `body` on the link's loop: at once where this is there, soon where it is not.
    func onLoop(_ body: @escaping @Sendable () -> Void)
    /// Begins to close; does nothing where that has begun.
    func close(_ code: WebSocketCloseCode, reason: String)
}
