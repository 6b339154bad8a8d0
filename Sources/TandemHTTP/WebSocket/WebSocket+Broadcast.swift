// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension WebSocket {
    /// Sends a message to many sockets; encodes it once, and never waits.
    ///
    /// Sockets that are closed are passed over. Where a client does not read as fast as messages are sent,
    /// `WebSocketSettings.slowReader` says what happens; where that is to wait, its connection is closed.
    public static func send(_ message: WebSocketMessage, to sockets: some Sequence<WebSocket>) {
        self.post(WebSocketFrame(message), to: sockets)
    }
}
