// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Why a WebSocket is closed (RFC 6455, section 7.4).
public struct WebSocketCloseCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number.
    public let rawValue: UInt16

    /// A code by its number; 4000 to 4999 are an application's own.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// 1000: what the connection was for is done.
    public static let normal = Self(rawValue: 1000)
    /// 1001: the server shuts down, or the page was left.
    public static let goingAway = Self(rawValue: 1001)
    /// 1002: the other side broke the protocol.
    public static let protocolError = Self(rawValue: 1002)
    /// 1003: a kind of message that is not taken here, such as bytes where text is expected.
    public static let unsupportedData = Self(rawValue: 1003)
    /// 1005: the close frame had no code; never sent.
    public static let noStatus = Self(rawValue: 1005)
    /// 1006: the connection was lost without a close frame; never sent.
    public static let abnormal = Self(rawValue: 1006)
    /// 1007: a message's content is not what it says, such as text that is not UTF-8.
    public static let invalidPayload = Self(rawValue: 1007)
    /// 1008: a message that is not allowed.
    public static let policyViolation = Self(rawValue: 1008)
    /// 1009: a message over the limit.
    public static let messageTooBig = Self(rawValue: 1009)
    /// 1011: the server failed.
    public static let internalError = Self(rawValue: 1011)
    /// 1013: the server cannot go on now, and the client may come back.
    public static let tryAgainLater = Self(rawValue: 1013)

    /// The number.
    public var description: String { String(self.rawValue) }

    /// Whether a close frame may say it.
    package var isSendable: Bool {
        switch self.rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }

    /// Whether the other side had done what it wanted to.
    package var isNormal: Bool { self == .normal || self == .goingAway || self == .noStatus }
}
