// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemAPI
public import TandemHTTP

/// The options of a Socket.IO server, by the names and with the defaults that Socket.IO and Engine.IO give them.
///
/// ```swift
/// var options = SocketIOOptions()
/// options.pingInterval = .seconds(10)
/// options.cors = CORS(.listed(["https://app.example"], credentials: true))
/// ```
/// What belongs to Node alone is not here: `wsEngine`, `destroyUpgrade` (what no route takes is answered as any other
/// request), `serveClient` (serve the client's file as a static one) and `allowEIO3` (clients of Socket.IO 2 are
/// refused, with code 5).
public struct SocketIOOptions: Sendable {
    // MARK: Socket.IO

    /// The path that requests of clients begin with: `/socket.io`.
    public var path = "/socket.io"
    /// How long a client may take to join a namespace, before it is closed: 45 seconds.
    public var connectTimeout = Duration.seconds(45)
    /// Whether and how a client that comes back soon gets its rooms and what it missed; `nil`, the default, for not.
    public var connectionStateRecovery: ConnectionStateRecovery?
    /// Whether a namespace that was made for a client goes with its last one; `false`.
    public var cleanupEmptyChildNamespaces = false

    // MARK: Engine.IO

    /// Whether the path has to end with a slash, as clients write it: `true`.
    public var addTrailingSlash = true
    /// How long after one answer a client is asked again whether it is there: 25 seconds.
    public var pingInterval = Duration.seconds(25)
    /// How long a client may take to answer, before it is closed: 20 seconds.
    public var pingTimeout = Duration.seconds(20)
    /// How long a client may take to move to another transport, before the attempt is given up: 10 seconds.
    public var upgradeTimeout = Duration.seconds(10)
    /// The bytes that a body or a message of a client may have, beyond which it is refused: 1,000,000.
    public var maxHttpBufferSize = 1_000_000
    /// Decides who may connect; `nil`, the default, for all.
    ///
    /// It refuses by throwing; the `detail` of an `HTTPError` is what the client is told. It is asked for the first
    /// request of a client only, on whichever transport that is.
    public var allowRequest: (@Sendable (Request) async throws -> Void)?
    /// The transports that are there: both.
    public var transports: Set<EngineTransport> = [.polling, .websocket]
    /// Whether clients may move from requests to a WebSocket: `true`.
    public var allowUpgrades = true
    /// From how many bytes on the answers of polling are compressed: 1,024; `nil` for never.
    public var httpCompression: HTTPCompression? = HTTPCompression()
    /// How messages of WebSockets are packed, where the client can do that; `nil`, the default, for not at all.
    public var perMessageDeflate: MessageDeflateSettings?
    /// A cookie with the session's id, for load balancers; `nil`, the default, for none.
    public var cookie: Cookie?
    /// Which pages of other origins may use it, by requests and by WebSockets; `nil`, the default, for none.
    ///
    /// A WebSocket of a page needs this too, unlike in Node, where only requests do: a page of any origin could
    /// otherwise speak in the name of whoever looks at it.
    public var cors: CORS?

    // MARK: Tandem

    /// The bytes that may wait for a client that does not take them, beyond which it is closed: 4 MiB.
    public var sendQueueBytes = 4 * 1024 * 1024
    /// The namespaces that a client may be in at a time, beyond which it is refused: 100.
    public var maxNamespacesPerClient = 100

    /// The defaults.
    public init() {}

    /// How answers of polling are compressed.
    public struct HTTPCompression: Sendable, Hashable {
        /// The bytes below which they are not: 1,024.
        public var threshold = 1024

        /// The defaults.
        public init() {}
    }

    /// What a client that comes back soon gets.
    public struct ConnectionStateRecovery: Sendable, Hashable {
        /// How long a client may have been away: 2 minutes.
        public var maxDisconnectionDuration = Duration.seconds(120)
        /// Whether a client that is recognized passes the middlewares by: `true`.
        public var skipMiddlewares = true

        /// The defaults.
        public init() {}
    }
}
