// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What a WebSocket allows, and how long it waits.
public struct WebSocketSettings: Sendable {
    /// The subprotocols that are spoken here, the preferred one first; none of them where the client asks for no such.
    public var subprotocols: [String] = []
    /// The pages that may connect, by their origins (`https://example.com`), `*` for all; `nil`, the default, for
    /// those of the host that the request is for.
    ///
    /// A client that is no browser sends no origin, and is let in.
    public var origins: [String]?
    /// How messages are packed, where the client can do that; `nil`, the default, for not at all.
    public var compression: MessageDeflateSettings?
    /// The bytes of a message, unpacked; beyond it the connection is closed with 1009.
    ///
    /// 1 MiB.
    public var maxMessageBytes = 1024 * 1024
    /// The bytes of a frame of a message; beyond it the connection is closed with 1009.
    ///
    /// 1 MiB.
    public var maxFrameBytes = 1024 * 1024
    /// How often a client is asked whether it is there; `nil` for never.
    ///
    /// 30 seconds.
    public var pingInterval: Duration? = .seconds(30)
    /// How long a client may take to say that it is there before the connection is closed.
    ///
    /// 20 seconds.
    public var pingTimeout = Duration.seconds(20)
    /// How long a client may take to agree to a close.
    ///
    /// 5 seconds.
    public var closeTimeout = Duration.seconds(5)
    /// The bytes that may wait for a client to read them; then `slowReader` says what happens.
    ///
    /// 256 KiB.
    public var sendQueueBytes = 256 * 1024
    /// What happens to messages for a client that does not read as fast as they are sent.
    ///
    /// Its sender waits.
    public var slowReader = SlowReader.wait

    /// What happens to messages for a client that does not read as fast as they are sent.
    public enum SlowReader: Sendable, Hashable {
        /// Whoever sends waits; where that cannot be, as with messages for many sockets, the connection is closed.
        case wait
        /// The message is dropped.
        case drop
        /// The connection is closed with 1013.
        case close
        /// The latest message waits, and those between it and what is on its way are dropped.
        case conflate
    }

    /// The defaults.
    public init() {}
}
