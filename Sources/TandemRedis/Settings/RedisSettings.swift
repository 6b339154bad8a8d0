// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
/// Where Redis is, and how it is used.
public struct RedisSettings: Sendable {
    /// Where it is: `redis://user:password@host:6379/0`, or `redis+unix:///run/redis.sock?db=0`.
    public var url: String
    /// How long a command may take, with the wait for a connection; 5 seconds by itself.
    ///
    /// A connection that leaves one unanswered that long is given up.
    public var timeout: Duration = .seconds(5)
    /// How long connecting may take; 5 seconds by itself.
    public var connectTimeout: Duration = .seconds(5)
    /// How long it waits before it connects again: the shortest at first, doubled each time up to the longest, and each
    /// time a random part of it.
    ///
    /// 50 milliseconds to 2 seconds by itself.
    public var reconnectDelay: ClosedRange<Duration> = .milliseconds(50) ... .seconds(2)
    /// After how long a silent connection is asked whether it still lives; 10 seconds by itself.
    public var pingInterval: Duration = .seconds(10)
    /// How many commands may wait for their answers; 100,000 by itself.
    public var pendingCommands = 100_000
    /// How many bytes those may have together; 64 MiB by itself.
    ///
    /// A longer one goes where nothing else waits.
    public var pendingBytes = 64 << 20
    /// How many bytes an answer may have; 512 MiB by itself, the most that Redis keeps in a value.
    public var replyBytes = 512 << 20
    /// How many messages of a subscription may wait to be read; 10,000 by itself.
    ///
    /// What comes then is lost, and the next that is not says so.
    public var waitingMessages = 10_000
    /// What the server's own tools call the connections: no spaces; `tandem` by itself.
    public var clientName = "tandem"

    /// Settings of a server by its URL; the rest by itself.
    public init(url: String) {
        self.url = url
    }
}

extension RedisSettings: CustomStringConvertible, CustomReflectable {
    /// No password, and nothing else of the URL.
    public var description: String { "RedisSettings(timeout: \(self.timeout))" }

    /// No password either.
    public var customMirror: Mirror { Mirror(self, children: ["timeout": self.timeout]) }
}
#endif
