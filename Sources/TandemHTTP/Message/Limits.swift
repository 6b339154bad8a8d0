// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What one client may ask of the server before it is refused.
///
/// Each breach has its own answer, as a problem document (RFC 9457), and ends at most the connection it happened on.
public struct Limits: Sendable, Hashable {
    /// The bytes of a request line; beyond it 414.
    ///
    /// 8 KiB.
    public var requestLine = 8 * 1024
    /// The bytes of all header fields, and of trailers; beyond it 431.
    ///
    /// 32 KiB.
    public var headerBytes = 32 * 1024
    /// The number of header fields, and of trailers; beyond it 431.
    ///
    /// 100.
    public var headerCount = 100
    /// The bytes of a body, after decompression too; beyond it 413.
    ///
    /// 16 MiB.
    public var body = 16 * 1024 * 1024
    /// The connections open at once, over all listeners; beyond it 503.
    ///
    /// 16,384.
    public var connections = 16_384
    /// The requests answered on one connection before it is closed; `nil`, the default, for no limit.
    public var requestsPerConnection: Int?
    /// The streams open at once on one HTTP/2 connection; beyond it the stream is refused.
    ///
    /// 100.
    public var concurrentStreams = 100
    /// The streams a client may reset on one HTTP/2 connection within `resetWindow`; beyond it the connection is closed
    /// (CVE-2023-44487).
    ///
    /// 200.
    public var resets = 200
    /// The span in which `resets` are counted.
    ///
    /// 30 seconds.
    public var resetWindow = Duration.seconds(30)
    /// From a head's first byte to its last; beyond it 408.
    ///
    /// 10 seconds.
    public var headTimeout = Duration.seconds(10)
    /// Between two reads of a body; beyond it 408.
    ///
    /// 30 seconds.
    public var bodyTimeout = Duration.seconds(30)
    /// Between two requests of a connection, and before its first; beyond it the connection is closed.
    ///
    /// 60 seconds.
    public var idleTimeout = Duration.seconds(60)
    /// Without the client taking a byte of a response; beyond it the connection is closed.
    ///
    /// 30 seconds.
    public var writeTimeout = Duration.seconds(30)

    /// The defaults.
    public init() {}
}
