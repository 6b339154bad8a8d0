// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// How messages of a WebSocket are packed, where the client can do that: permessage-deflate (RFC 7692).
///
/// ```swift
/// let settings = MessageDeflateSettings(serverContextTakeover: true, threshold: 64)
/// ```
///
/// As they stand, each message is packed for itself: a connection that waits keeps nothing, and a message to many is
/// packed once for all of them. What came before makes short messages shrink much more, and costs each connection
/// memory for as long as it lives: 2^(`serverWindowBits` + 2) + 2^(`memoryLevel` + 9) bytes to send, which is 160 KiB
/// unless told otherwise, and 2^`clientWindowBits` + 7,000 to receive.
///
/// A number outside its range is taken for the nearest inside.
public struct MessageDeflateSettings: Sendable, Hashable {
    /// The server looks back at most 2^`serverWindowBits` bytes for what repeats, 8 to 15; a client may ask for less.
    public var serverWindowBits: Int
    /// The client may look back at most 2^`clientWindowBits` bytes, 8 to 15; below 15, a client that cannot promise
    /// that sends and gets its messages as they are.
    public var clientWindowBits: Int
    /// Whether the server may refer to messages that it sent before; a client may forbid it.
    public var serverContextTakeover: Bool
    /// Whether the client may refer to messages that it sent before.
    public var clientContextTakeover: Bool
    /// zlib's level: 1 is the fastest, 9 packs best.
    public var level: Int
    /// zlib's memory level, 1 to 9.
    public var memoryLevel: Int
    /// The bytes below which a message is sent as it is.
    public var threshold: Int

    /// Settings, those left out for little memory.
    public init(
        serverWindowBits: Int = 15,
        clientWindowBits: Int = 15,
        serverContextTakeover: Bool = false,
        clientContextTakeover: Bool = false,
        level: Int = 5,
        memoryLevel: Int = 6,
        threshold: Int = 1024
    ) {
        self.serverWindowBits = serverWindowBits
        self.clientWindowBits = clientWindowBits
        self.serverContextTakeover = serverContextTakeover
        self.clientContextTakeover = clientContextTakeover
        self.level = level
        self.memoryLevel = memoryLevel
        self.threshold = threshold
    }
}
