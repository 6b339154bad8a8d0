// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import Synchronization

/// PostgreSQL through libpq.
package final class PostgreSQLDriver: DatabaseDriver {
    package var dialect: Dialect { .postgreSQL }

    private let settings: PostgreSQLSettings
    private let watcher: SocketWatcher
    private let primary: ConnectionPool
    private let replicas: [ConnectionPool]
    private let turn = Atomic(0)
    private let listener: PostgreSQLListener

    /// Connects to a database; replicas that cannot be reached may follow later.
    ///
    /// - Throws: `DatabaseError` where the primary cannot be reached or refuses.
    package static func connect(_ settings: PostgreSQLSettings) async throws -> PostgreSQLDriver {
        let watcher = try SocketWatcher.start()
        let driver = PostgreSQLDriver(settings, watcher)
        do {
            try await driver.primary.start()
        } catch {
            watcher.close()
            throw error
        }
        await withTaskGroup { group in
            for replica in driver.replicas { group.addTask { try? await replica.start() } }
        }
        return driver
    }

    private init(_ settings: PostgreSQLSettings, _ watcher: SocketWatcher) {
        self.settings = settings
        self.watcher = watcher
        self.primary = ConnectionPool(settings, url: settings.url, watcher: watcher)
        self.replicas = settings.replicas.map { ConnectionPool(settings, url: $0, isReplica: true, watcher: watcher) }
        self.listener = PostgreSQLListener(url: settings.connectionString(settings.url), watcher: watcher)
    }

    deinit { self.watcher.close() }

    package func run(_ statement: Statement, each row: (inout RowReader) throws -> Void) async throws -> Int {
        let result = try await self.result(of: PostgreSQLCommand(statement), statement.access)
        try result.forEachRow(row)
        return result.changed
    }

    package func begin(_ options: TransactionOptions) async throws -> any DatabaseTransaction {
        try await PostgreSQLTransaction(options, on: self.primary)
    }

    package func cursor(_ statement: Statement) async throws -> any DatabaseCursor {
        if statement.access == .write {
            return PostgreSQLCursor(all: try await self.result(of: PostgreSQLCommand(statement), .write))
        }
        let transaction = try await PostgreSQLTransaction(TransactionOptions(), on: self.primary)
        return try PostgreSQLCursor(statement, number: 1, in: transaction, isOwner: true)
    }

    package func close() async {
        self.listener.close()
        for pool in [self.primary] + self.replicas { await pool.close() }
        self.watcher.close()
    }

    /// Runs a statement by itself: a read on a replica where there is one, and once more where that is safe.
    private func result(
        of command: PostgreSQLCommand,
        _ access: Statement.Access
    ) async throws(DatabaseError) -> PostgreSQLResult {
        if access == .read, let replica = self.nextReplica {
            do throws(DatabaseError) {
                return try await replica.perform(command)
            } catch  where error.isOfReplica {
                // The primary knows as much, and more.
            }
        }
        do throws(DatabaseError) {
            return try await self.primary.perform(command)
        } catch  where error.mayRunAgain(isRead: access == .read || access == .freshRead) {
            return try await self.primary.perform(command)
        }
    }

    private var nextReplica: ConnectionPool? {
        if self.replicas.isEmpty { return nil }
        let turn = self.turn.wrappingAdd(1, ordering: .relaxed).oldValue
        let all = self.replicas.indices.map { self.replicas[(turn &+ $0) & .max % self.replicas.count] }
        return all.first { !$0.isDown }
    }
}

// MARK: - Notifications

extension PostgreSQLDriver {
    /// What is sent on a channel from now on, over a connection of its own that is made anew when it breaks.
    ///
    /// - Throws: `DatabaseError` where the server cannot be reached at first.
    package func notifications(on channel: String) async throws -> AsyncStream<PostgreSQLEvent> {
        try await self.listener.events(on: channel)
    }

    /// Sends to all who listen on a channel; at most 8,000 bytes.
    package func notify(_ channel: String, _ payload: String) async throws {
        let statement = Statement("SELECT pg_notify($1, $2)", [.text(channel), .text(payload)], access: .write)
        _ = try await self.run(statement) { _ in }
    }
}

extension DatabaseError {
    /// Whether a read that a replica failed may succeed on the primary: the replica is away, had to give way to what it
    /// replays, or does not know of a change of the tables yet.
    fileprivate var isOfReplica: Bool {
        [.connectionLost, .poolExhausted, .serializationFailure, .invalidStatement].contains(self.code)
            || self.postgreSQL?.isStaleStatement == true
    }

    /// Whether a statement by itself may be run once more after this: it has not run, or it changes nothing.
    fileprivate func mayRunAgain(isRead: Bool) -> Bool {
        guard let cause = self.postgreSQL else { return false }
        return cause.isStaleStatement || self.code == .connectionLost && (isRead || cause.isUnsent)
    }
}
#endif
