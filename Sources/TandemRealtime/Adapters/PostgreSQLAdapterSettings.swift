// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
/// How a `PostgreSQLAdapter` speaks; as by the options of `@socket.io/postgres-adapter`, by its names.
public struct PostgreSQLAdapterSettings: Sendable {
    /// What the channels' names begin with; `socket.io` by itself.
    public var channelPrefix = "socket.io"
    /// The table for messages that are too long for NOTIFY, or have bytes in them; it is made where it is not there.
    ///
    /// `socket_io_attachments` by itself.
    public var tableName = "socket_io_attachments"
    /// From how many bytes on a message goes through the table; PostgreSQL's own limit, 8,000, by itself.
    public var payloadThreshold = 8_000
    /// How often old rows are deleted from the table, and how old those are; 30 seconds by itself.
    public var cleanupInterval: Duration = .seconds(30)
    /// How often the others hear that this process is there; 5 seconds by itself.
    public var heartbeatInterval: Duration = .seconds(5)
    /// After how long a silence another process is taken for gone; 10 seconds by itself.
    public var heartbeatTimeout: Duration = .seconds(10)
    /// How long the other processes have to answer; 5 seconds by itself.
    public var requestsTimeout: Duration = .seconds(5)

    /// Settings, all by themselves.
    public init() {}
}
#endif
