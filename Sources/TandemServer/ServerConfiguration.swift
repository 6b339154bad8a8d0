// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// How a server listens, what it allows, and how it ends.
public struct ServerConfiguration: Sendable {
    /// Where it listens; one or several.
    ///
    /// `127.0.0.1`, port 8080.
    public var listeners: [Listener]
    /// What a client may ask of it.
    public var limits = Limits()
    /// The hosts it answers for, without ports; a request for another is answered 421.
    ///
    /// `nil`, the default, for all.
    ///
    /// A name that begins with a dot stands for all names under it: `.example.com`.
    public var hosts: [String]?
    /// The number of event loops, each on a thread of its own; `nil`, the default, for one a processor.
    public var eventLoops: Int?
    /// The connections that may wait to be accepted.
    ///
    /// 1,024.
    public var backlog = 1024
    /// Whether other processes may listen at the same port and share its connections (`SO_REUSEPORT`).
    public var reusesPort = false
    /// What the `server` field of each response says; `nil` for no such field.
    public var serverName: String? = "tandem"
    /// How long requests in flight may take to finish when the server shuts down.
    ///
    /// 30 seconds.
    public var shutdownDeadline = Duration.seconds(30)
    /// How long an idle connection may bring one more request when the server shuts down.
    ///
    /// 1 second.
    public var shutdownIdleGrace = Duration.seconds(1)
    /// Where it says that it is alive and ready, and serves its metrics.
    public var operations = OperationalSettings()
    /// What is logged, counted and traced.
    public var observability = ObservabilitySettings()

    /// A configuration for one listener or several.
    public init(_ listeners: Listener...) {
        self.listeners = listeners.isEmpty ? [.tcp()] : listeners
    }
}
