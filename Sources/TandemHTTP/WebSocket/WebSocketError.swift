// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Why a WebSocket takes or gives no more messages.
public struct WebSocketError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The code that it was closed with; 1006 where the connection was lost.
    public let code: WebSocketCloseCode
    /// What the side that closed it said; may be empty.
    public let reason: String

    package init(_ code: WebSocketCloseCode, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// The code and the reason.
    public var description: String {
        "The WebSocket was closed with \(self.code)\(self.reason.isEmpty ? "." : ": \(self.reason)")"
    }

    package static let lost = WebSocketError(.abnormal, "The connection was lost.")
}
