// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import TandemData

@Suite("Backup, checks and the end of an SQLite database")
struct SQLiteMaintenanceTests {
    @Test("A backup during writes is one whole state")
    func backup() async throws {
        try await SQLiteFile.opened(["CREATE TABLE a (x BLOB)", "CREATE TABLE b (x BLOB)"]) { db, file in
            let fill =
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO a SELECT randomblob(1000) FROM n"
            try await db.run(fill)
            try await db.run("INSERT INTO b SELECT x FROM a")
            let writes = Task {
                while !Task.isCancelled {
                    let transaction = try await db.begin(TransactionOptions())
                    try await transaction.run("INSERT INTO a VALUES (randomblob(1000))")
                    try await transaction.run("INSERT INTO b VALUES (randomblob(1000))")
                    try await transaction.commit()
                }
            }
            let path = file.folder.appendingPathComponent("backup.sqlite").path
            try await db.backup(to: path)
            writes.cancel()
            _ = try? await writes.value
            let copy = try await SQLiteDriver(path: path)
            #expect(try await copy.integers("SELECT (SELECT count(*) FROM a) - (SELECT count(*) FROM b)") == [0])
            #expect(try await copy.integers("SELECT count(*) FROM a")[0] >= 2_000)
            #expect(try await copy.integrityCheck() == [])
            await copy.close()
            #expect(await databaseError { try await db.backup(to: path) }?.code == .storage)
            #expect(await databaseError { try await db.backup(to: "/no/such/folder/b") }?.code == .storage)
            #expect(!FileManager.default.fileExists(atPath: path + ".part"))
            #expect(try await db.integers("SELECT 1") == [1])
        }
    }

    @Test("The integrity check finds rows that refer to none")
    func integrity() async throws {
        let schema = ["CREATE TABLE p (a INTEGER PRIMARY KEY)", "CREATE TABLE c (p INTEGER REFERENCES p(a))"]
        try await SQLiteFile.opened(schema) { db, _ in
            #expect(try await db.integrityCheck() == [])
            try await db.run("PRAGMA foreign_keys = OFF")
            try await db.run("INSERT INTO c VALUES (9)")
            #expect(try await db.integrityCheck() == ["Row 1 of c refers to a row of p that is not there."])
        }
    }

    @Test("A checkpoint empties the log, and waits for readers no longer than the time-out")
    func checkpoint() async throws {
        try await SQLiteFile.opened(["CREATE TABLE t (a)"], { $0.busyTimeout = .milliseconds(20) }) { db, file in
            #expect(try await db.checkpoint())
            let log = try FileManager.default.attributesOfItem(atPath: file.path + "-wal")[.size] as? Int
            #expect(log == 0)
            let snapshot = try await db.begin(TransactionOptions(isReadOnly: true))
            try await db.run("INSERT INTO t VALUES (1)")
            #expect(try await !db.checkpoint())
            await snapshot.rollback()
            #expect(try await db.checkpoint())
        }
    }

    @Test("The settings are those of the connections")
    func settings() async throws {
        try await SQLiteFile.opened(
            [],
            {
                $0.durability = .process; $0.cacheSize = 1 << 20
            }
        ) { db, _ async throws in
            let expected: [(String, Int64)] = [
                ("synchronous", 1), ("foreign_keys", 1), ("temp_store", 2),
                ("cache_size", -1_024),
            ]
            for (name, value) in expected { #expect(try await db.integers("PRAGMA \(name)") == [value], "\(name)") }
            #expect(try await db.texts("PRAGMA journal_mode") == ["wal"])
            #expect(try await db.integers("SELECT * FROM pragma_query_only") == [1])
        }
        try await SQLiteFile.opened { db, _ async throws in #expect(try await db.integers("PRAGMA synchronous") == [2])
        }
    }

    @Test("The end waits for what runs, and what comes after it is refused")
    func close() async throws {
        let file = try SQLiteFile()
        defer { file.remove() }
        let db = try await SQLiteDriver(path: file.path)
        try await db.run("CREATE TABLE t (a)")
        let transaction = try await db.begin(TransactionOptions())
        try await transaction.run("INSERT INTO t VALUES (1)")
        let waiting = Task { try await db.run("INSERT INTO t VALUES (2)") }
        while db.writer.waitingCount < 1 { await Task.yield() }
        async let end: Void = db.close()
        while db.writer.waitingCount < 2 { await Task.yield() }
        try await transaction.commit()
        #expect(try await waiting.value == 1)
        await end
        #expect(await databaseError { try await db.run("INSERT INTO t VALUES (3)") }?.code == .closed)
        #expect(await databaseError { _ = try await db.begin(TransactionOptions()) }?.code == .closed)
        #expect(await databaseError { _ = try await db.begin(TransactionOptions(isReadOnly: true)) }?.code == .closed)
        #expect(await databaseError { _ = try await db.cursor(Statement("SELECT 1")) }?.code == .closed)
        await db.close()
        // The log went into the file.
        #expect(!FileManager.default.fileExists(atPath: file.path + "-wal"))
        let again = try await SQLiteDriver(path: file.path)
        #expect(try await again.integers("SELECT count(*) FROM t") == [2])
        await again.close()
    }
}
