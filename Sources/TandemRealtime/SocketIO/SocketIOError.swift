// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

/// Something that did not go as asked: what the client is told, or what became of an acknowledgement.
///
/// ```swift
/// io.use { socket in
///     guard socket.handshake.auth["token"] != nil else { throw SocketIOError("not authorized", data: ["code": 401]) }
/// }
/// ```
/// Thrown by middleware of a namespace, the client has its `message` and `data` in `connect_error`; of any other error it
/// learns nothing.
public struct SocketIOError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What happened.
    public let message: String
    /// More, for programs.
    public let data: JSON?

    /// An error.
    public init(_ message: String, data: JSON? = nil) {
        self.message = message
        self.data = data
    }

    /// An acknowledgement did not come in time.
    public static let timedOut = SocketIOError("operation has timed out")
    /// The client was gone before it acknowledged.
    public static let disconnected = SocketIOError("socket has been disconnected")

    /// What happened.
    public var description: String { self.message }
}

/// Some of the clients did not acknowledge in time.
public struct BroadcastTimeoutError: Error, Sendable, CustomStringConvertible {
    /// What the others answered, an array of values each.
    public let responses: [SocketIOPayload]

    /// How many did.
    public var description: String { "operation has timed out: \(self.responses.count) clients had answered" }
}
