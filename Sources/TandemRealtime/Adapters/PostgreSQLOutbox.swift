// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import Synchronization
import TandemData

/// What goes to the other processes, in order: short texts by NOTIFY, the rest by rows of which NOTIFY tells.
final class PostgreSQLOutbox: Sendable {
    /// How many messages may wait for the database; what comes then is lost, as it is while the database is away.
    private static let limit = 10_000

    private let database: Database
    private let settings: PostgreSQLAdapterSettings
    private let channel: String
    private let messages: AsyncStream<ClusterMessage>.Continuation
    private let sending: Task<Void, Never>

    init(_ database: Database, _ settings: PostgreSQLAdapterSettings, channel: String) {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ClusterMessage.self,
            bufferingPolicy: .bufferingOldest(Self.limit)
        )
        self.database = database
        self.settings = settings
        self.channel = channel
        self.messages = continuation
        self.sending = Task {
            for await message in stream {
                try? await Self.send(message, on: channel, database, settings)
            }
        }
    }

    func send(_ message: ClusterMessage) { self.messages.yield(message) }

    /// Sends what waits, and no more.
    func close() async {
        self.messages.finish()
        await self.sending.value
    }

    deinit { self.messages.finish() }

    private static func send(
        _ message: ClusterMessage,
        on channel: String,
        _ database: Database,
        _ settings: PostgreSQLAdapterSettings
    ) async throws {
        let value = message.value
        if !value.hasBinary {
            let text = value.jsonText
            if text.utf8.count < settings.payloadThreshold { return try await database.notify(channel, text) }
        }
        let packed = MessagePackWriter.write(value)
        var id: Int64 = 0
        try await database.run(
            Statement(
                "INSERT INTO \(settings.quotedTable) (payload) VALUES ($1) RETURNING id",
                [.bytes(packed)],
                access: .write
            )
        ) { id = try $0.integer() }
        let header = ClusterValue.object(
            ("uid", .string(message.sender)),
            ("type", .integer(message.kind.rawValue)),
            ("attachmentId", .string(String(id)))
        )
        try await database.notify(channel, header.jsonText)
    }
}

extension PostgreSQLAdapterSettings {
    /// The table's name, for SQL.
    var quotedTable: String {
        self.tableName.split(separator: ".").map { "\"\($0.split(separator: "\"").joined(separator: "\"\""))\"" }
            .joined(separator: ".")
    }
}
#endif
