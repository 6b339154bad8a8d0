// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL && os(Linux)
import TestServers
import Testing

@testable import TandemData

@Suite(
    "A replica that follows the primary answers reads, and is done without where it cannot",
    .enabled(if: PostgreSQLServer.isInstalled),
    .serialized
)
struct PostgreSQLReplicaTests {
    private static let gentle = ["max_standby_streaming_delay=0", "wal_retrieve_retry_interval=100ms"]
    /// A primary, and a hot standby that streams from it and gives way to it at once.
    private static let servers: (primary: PostgreSQLServer, replica: PostgreSQLServer)? = {
        guard let primary = try? PostgreSQLServer(settings: ["autovacuum=off"]),
            let replica = try? PostgreSQLServer(settings: Self.gentle, following: primary)
        else { return nil }
        return (primary, replica)
    }()

    private let primary: PostgreSQLServer
    private let replica: PostgreSQLServer

    init() throws {
        (self.primary, self.replica) = try #require(Self.servers)
    }

    /// Runs a test on the database, with a session of its own on the replica by itself.
    private func run(
        acquireTimeout: Duration = .seconds(5),
        _ body: (Database, _ replica: PostgreSQLSession) async throws -> Void
    ) async throws {
        var settings = DatabaseSettings(url: self.primary.url)
        settings.postgreSQL.replicas = [self.replica.url]
        settings.postgreSQL.connections = 1...4
        settings.postgreSQL.acquireTimeout = acquireTimeout
        let db = try Database(settings)
        try await db.createTables(for: [Box.self])
        try await PostgreSQLSession.run(on: self.replica) { replica in
            try await self.waitForReplay(db, replica)
            try await body(db, replica)
        }
        try await db.execute("DROP TABLE boxes")
        await db.close()
    }

    /// Waits until the replica knows all that the primary does.
    private func waitForReplay(_ db: Database, _ replica: PostgreSQLSession) async throws {
        let position = try await db.rows("SELECT pg_current_wal_lsn()::text", as: String.self)[0]
        let query = "SELECT pg_last_wal_replay_lsn() >= $1::text::pg_lsn"
        try await poll { try await replica.value(query, [.text(position)]) == .boolean(true) }
    }

    /// What the replica has replayed stays as it is while `body` runs.
    private func whileReplayStands(_ replica: PostgreSQLSession, _ body: () async throws -> Void) async throws {
        try await replica.run("SELECT pg_wal_replay_pause()")
        try await poll { try await replica.value("SELECT pg_get_wal_replay_pause_state()") == .text("paused") }
        let result = await Result { try await body() }
        try await replica.run("SELECT pg_wal_replay_resume()")
        try result.get()
    }

    /// Which server answers a read.
    private func port(_ db: Database) async throws -> Int? {
        var port: String?
        let statement = Statement("SELECT current_setting('port')", access: .read)
        try await db.run(statement) { row in port = try row.text() }
        return port.flatMap { Int($0) }
    }

    @Test(
        "Reads go to the replica; writes, SQL by hand and transactions to the primary, as do reads that must be fresh"
    )
    func routes() async throws {
        try await self.run { db, replica in
            try await self.whileReplayStands(replica) {
                let box = try await db.insert(Box.Draft(label: "new"))
                #expect(try await db.first(Box.self, box.id) == nil)
                #expect(try await db.select(Box.self).count() == 0)
                #expect(try await db.primary.find(Box.self, box.id) == box)
                #expect(try await db.primary.select(Box.self).all() == [box])
                #expect(try await db.rows("SELECT label FROM boxes", as: String.self) == ["new"])
                #expect(try await db.transaction { db in try await db.find(Box.self, box.id) } == box)
                #expect(try await db.select(Box.self).locked(.forUpdate).all() == [box])
                #expect(try await db.update(Box.self).set(\.label, to: "old").where { $0.id == box.id }.run() == 1)
            }
            try await self.waitForReplay(db, replica)
            #expect(try await db.select(Box.self).all().map(\.label) == ["old"])
            #expect(try await self.port(db) == self.replica.port)
            #expect(try await self.port(db.primary) == self.primary.port)
        }
    }

    @Test("A table that the replica does not know yet is read from the primary")
    func newTable() async throws {
        try await self.run { db, replica in
            try await self.whileReplayStands(replica) {
                try await db.createTables(for: [Box.self, Item.self])
                #expect(try await db.select(Item.self).all() == [])
            }
            try await db.execute("DROP TABLE items")
        }
    }

    @Test("A statement that the replica has kept is prepared anew when its table has changed")
    func changedTable() async throws {
        try await self.run { db, replica in
            try await db.insert(Box.Draft(label: "a"))
            try await self.waitForReplay(db, replica)
            let statement = Statement("SELECT * FROM boxes", access: .read)
            var columns: [Int] = []
            for change in ["ADD COLUMN more text", "DROP COLUMN more"] {
                try await db.run(statement) { row in columns.append(try row.all().count) }
                try await db.run(Statement("ALTER TABLE boxes \(change)", access: .write))
                try await self.waitForReplay(db, replica)
                try await db.run(statement) { row in columns.append(try row.all().count) }
            }
            #expect(columns == [columns[0], columns[0] + 1, columns[0] + 1, columns[0]])
        }
    }

    @Test("A read that the replica cuts off, as a change of the table comes in, is run on the primary")
    func conflict() async throws {
        try await self.run { db, replica in
            try await db.insert(Box.Draft(label: "a"))
            try await self.waitForReplay(db, replica)
            let slow = Task {
                var count: Int64 = 0
                let text = "SELECT count(*) FROM boxes, pg_sleep(CASE WHEN pg_is_in_recovery() THEN 23 ELSE 0 END)"
                try await db.run(Statement(text, access: .read)) { row in count = try row.integer() }
                return count
            }
            try await replica.waitForRunning("THEN 23")
            try await db.execute("ALTER TABLE boxes ADD COLUMN more text")
            #expect(try await slow.value == 1)
        }
    }

    @Test("While the replica is away reads go to the primary without a wait, and to the replica again when it is back")
    func replicaStopped() async throws {
        try await self.run { db, _ in
            try await poll { try await self.port(db) == self.replica.port }
            try self.replica.stop("immediate")
            let start = ContinuousClock.now
            for _ in 0..<20 { #expect(try await self.port(db) == self.primary.port) }
            #expect(.now - start < .seconds(2), "nobody waits for a replica as they do for a primary")
            try await db.insert(Box.Draft(label: "meanwhile"))
            try self.replica.start()
            try await poll { try await self.port(db) == self.replica.port }
            try await poll { try await db.select(Box.self).count() == 1 }
        }
    }

    @Test("While the primary is away the replica goes on to answer, and what writes says that the connection is lost")
    func primaryStopped() async throws {
        try await self.run(acquireTimeout: .milliseconds(300)) { db, replica in
            let box = try await db.insert(Box.Draft(label: "kept"))
            try await self.waitForReplay(db, replica)
            try self.primary.stop()
            var result: Result<Void, any Error>
            do {
                for _ in 0..<3 { #expect(try await db.find(Box.self, box.id) == box) }
                result = .success(())
            } catch { result = .failure(error) }
            let write = await code { _ = try await db.insert(Box.Draft(label: "lost")) }
            let read = await code { _ = try await db.primary.find(Box.self, box.id) }
            try self.primary.start()
            try result.get()
            #expect([write, read] == [.connectionLost, .connectionLost])
            try await poll { await code { _ = try await db.insert(Box.Draft(label: "after")) } == nil }
            try await poll { try await db.select(Box.self).count() == 2 }
        }
    }

    @Test("A replica that is away from the begin does not keep the application from its start")
    func absentAtFirst() async throws {
        try self.replica.stop()
        defer { try? self.replica.start() }
        var settings = DatabaseSettings(url: self.primary.url)
        settings.postgreSQL.replicas = [self.replica.url, "postgres://app@127.0.0.1:\(self.replica.port)/nowhere"]
        let db = try Database(settings)
        try await db.open()
        #expect(try await self.port(db) == self.primary.port)
        try self.replica.start()
        try await poll { try await self.port(db) == self.replica.port }
        await db.close()
    }
}

extension Result where Failure == any Error {
    fileprivate init(catching body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
#endif
