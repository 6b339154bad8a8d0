// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What becomes of a connection once a request has turned it into a WebSocket.
public struct WebSocketUpgrade: Sendable {
    package let settings: WebSocketSettings
    package let subprotocol: String?
    package let compression: MessageDeflateAgreement?
    package let serve: @Sendable (WebSocket) async throws -> Void
}
