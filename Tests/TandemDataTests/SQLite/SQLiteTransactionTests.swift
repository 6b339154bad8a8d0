// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemData

@Suite("Transactions of SQLite are whole, one after another, and end whatever happens")
struct SQLiteTransactionTests {
    static let schema = ["CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT"]

    @Test("Twenty at once lose nothing and meet no lock")
    func writers() async throws {
        try await SQLiteFile.opened(Self.schema + ["INSERT INTO t VALUES (1, '0')"]) { db, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<20 {
                    group.addTask {
                        for number in 0..<25 {
                            if number % 5 == 0 {
                                let transaction = try await db.begin(TransactionOptions())
                                let count = try await transaction.integers(
                                    "SELECT CAST(b AS INTEGER) FROM t WHERE a = 1"
                                )
                                try await transaction.run(
                                    "UPDATE t SET b = ?1 WHERE a = 1",
                                    .text(String(count[0] + 1))
                                )
                                try await transaction.commit()
                            }
                            let key = SQLValue.integer(Int64(100 + writer * 100 + number))
                            #expect(try await db.run("INSERT INTO t VALUES (?1, 'x')", key) == 1)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await db.integers("SELECT count(*) FROM t") == [501])
            #expect(try await db.texts("SELECT b FROM t WHERE a = 1") == ["100"])
            #expect(try await db.integrityCheck() == [])
        }
    }

    @Test("Statements that are committed together have each its own error")
    func ownErrors() async throws {
        try await SQLiteFile.opened(Self.schema) { db, _ in
            let transaction = try await db.begin(TransactionOptions())
            let outcomes = try await withThrowingTaskGroup(of: (Int, DatabaseError.Code?).self) { group in
                for number in 0..<40 {
                    group.addTask {
                        // Every second one has the key of the one before it, and one in ten undoes all of them.
                        let verb = number % 10 == 9 ? "INSERT OR ROLLBACK" : "INSERT"
                        let key = SQLValue.integer(Int64(number / 2))
                        do { try await db.run("\(verb) INTO t VALUES (?1, 'x')", key) } catch {
                            return (number, (error as? DatabaseError)?.code)
                        }
                        return (number, nil)
                    }
                }
                // All of them wait for the transaction.
                while db.writer.waitingCount < 40 { await Task.yield() }
                try await transaction.commit()
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0.1 == nil } == 20)
            #expect(outcomes.count { $0.1 == .uniqueViolation } == 20)
            #expect(try await db.integers("SELECT count(*) FROM t") == [20])
        }
    }

    @Test("Statements that cannot be in a transaction wait with the others and run alone")
    func alone() async throws {
        try await SQLiteFile.opened(Self.schema) { db, _ in
            let transaction = try await db.begin(TransactionOptions())
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<10 {
                    group.addTask { try await db.run("INSERT INTO t VALUES (?1, 'x')", .integer(Int64(number))) }
                    group.addTask { try await db.run("VACUUM") }
                }
                while db.writer.waitingCount < 20 { await Task.yield() }
                try await transaction.commit()
                try await group.waitForAll()
            }
            #expect(try await db.integers("SELECT count(*) FROM t") == [10])
        }
    }

    @Test("A commit that fails is undone, of a transaction and of statements together")
    func failedCommit() async throws {
        let child = "CREATE TABLE c (a INTEGER REFERENCES t(a) DEFERRABLE INITIALLY DEFERRED) STRICT"
        try await SQLiteFile.opened(Self.schema + [child]) { db, _ in
            let transaction = try await db.begin(TransactionOptions())
            try await transaction.run("INSERT INTO c VALUES (1)")
            #expect(await databaseError { try await transaction.commit() }?.code == .foreignKeyViolation)
            #expect(try await db.integers("SELECT count(*) FROM c") == [0])
            let other = try await db.begin(TransactionOptions())
            async let bad = databaseError { try await db.run("INSERT INTO c VALUES (9)") }
            async let good = db.run("INSERT INTO t VALUES (1, 'x')")
            while db.writer.waitingCount < 2 { await Task.yield() }
            await other.rollback()
            #expect(await bad?.code == .foreignKeyViolation)
            #expect(try await good == 1)
        }
    }

    @Test("Another that holds the lock makes it busy after the time-out")
    func busy() async throws {
        try await SQLiteFile.opened(Self.schema, { $0.busyTimeout = .milliseconds(50) }) { db, file in
            let other = try await SQLiteDriver(path: file.path)
            let transaction = try await other.begin(TransactionOptions())
            #expect(await databaseError { try await db.run("DELETE FROM t") }?.code == .busy)
            #expect(await databaseError { _ = try await db.begin(TransactionOptions()) }?.code == .busy)
            #expect(try await db.integers("SELECT count(*) FROM t") == [0])
            await transaction.rollback()
            try await db.run("INSERT INTO t VALUES (1, 'x')")
            await other.close()
        }
    }

    @Test("Who is cancelled while it waits leaves the line, and the others go on")
    func cancelledWhileWaiting() async throws {
        try await SQLiteFile.opened(Self.schema) { db, _ in
            let transaction = try await db.begin(TransactionOptions())
            let write = Task { try await db.run("INSERT INTO t VALUES (1, 'x')") }
            let begin = Task { try await db.begin(TransactionOptions()) }
            let last = Task { try await db.run("INSERT INTO t VALUES (3, 'x')") }
            while db.writer.waitingCount < 3 { await Task.yield() }
            write.cancel()
            begin.cancel()
            await #expect(throws: CancellationError.self) { _ = try await write.value }
            await #expect(throws: CancellationError.self) { _ = try await begin.value }
            try await transaction.commit()
            #expect(try await last.value == 1)
            #expect(try await db.integers("SELECT a FROM t") == [3])
        }
    }

    @Test("A write that runs ends when its task is cancelled, and nothing of it stays")
    func cancelledWhileWriting() async throws {
        try await SQLiteFile.opened(Self.schema) { db, _ async throws in
            let endless =
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) INSERT INTO t SELECT i, 'x' FROM n"
            let write = Task { try await db.run(endless) }
            while !db.writer.isBusy { await Task.yield() }
            write.cancel()
            await #expect(throws: CancellationError.self) { _ = try await write.value }
            #expect(try await db.integers("SELECT count(*) FROM t") == [0])
            #expect(try await db.run("INSERT INTO t VALUES (1, 'x')") == 1)
        }
    }

    @Test("One that its task leaves open is undone")
    func abandoned() async throws {
        try await SQLiteFile.opened(Self.schema) { db, _ async throws in
            let task = Task {
                let transaction = try await db.begin(TransactionOptions())
                try await transaction.run("INSERT INTO t VALUES (1, 'x')")
                withUnsafeCurrentTask { $0?.cancel() }
                try await transaction.run("INSERT INTO t VALUES (2, 'x')")
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await db.run("INSERT INTO t VALUES (3, 'x')") == 1)
            #expect(try await db.integers("SELECT a FROM t") == [3])
        }
    }

    @Test("What an error has undone cannot be gone on with")
    func undone() async throws {
        try await SQLiteFile.opened(Self.schema + ["INSERT INTO t VALUES (1, 'x')"]) { db, _ in
            let transaction = try await db.begin(TransactionOptions())
            try await transaction.run("INSERT INTO t VALUES (2, 'x')")
            let first = await databaseError { try await transaction.run("INSERT OR ROLLBACK INTO t VALUES (1, 'y')") }
            #expect(first?.code == .uniqueViolation)
            #expect(await databaseError { try await transaction.run("INSERT INTO t VALUES (4, 'x')") }?.code == .closed)
            #expect(await databaseError { _ = try await transaction.integers("SELECT a FROM t") }?.code == .closed)
            #expect(await databaseError { try await transaction.commit() }?.code == .closed)
            #expect(try await db.integers("SELECT a FROM t") == [1])
            #expect(try await db.run("DELETE FROM t") == 1)
        }
    }

    @Test("An error of one statement leaves the others, and savepoints undo a part")
    func savepoints() async throws {
        try await SQLiteFile.opened(Self.schema) { db, _ in
            let transaction = try await db.begin(TransactionOptions())
            try await transaction.run("INSERT INTO t VALUES (1, 'x')")
            #expect(await databaseError { try await transaction.run("INSERT INTO t VALUES (1, 'x')") } != nil)
            try await transaction.run("SAVEPOINT a")
            try await transaction.run("INSERT INTO t VALUES (2, 'x')")
            try await transaction.run("ROLLBACK TO a")
            try await transaction.run("RELEASE a")
            #expect(await databaseError { try await transaction.run("COMMIT") }?.code == .invalidStatement)
            try await transaction.run("INSERT INTO t VALUES (3, 'x')")
            try await transaction.commit()
            #expect(await databaseError { try await transaction.run("DELETE FROM t") }?.code == .closed)
            await transaction.rollback()
            #expect(try await db.integers("SELECT a FROM t") == [1, 3])
        }
    }

    @Test("A read-only one sees one state, writes nothing and waits for no writer")
    func snapshot() async throws {
        try await SQLiteFile.opened(Self.schema + ["INSERT INTO t VALUES (1, 'x')"]) { db, _ in
            let writing = try await db.begin(TransactionOptions())
            let snapshot = try await db.begin(TransactionOptions(isReadOnly: true))
            try await writing.run("INSERT INTO t VALUES (2, 'x')")
            try await writing.commit()
            try await db.run("INSERT INTO t VALUES (3, 'x')")
            #expect(try await snapshot.integers("SELECT a FROM t") == [1])
            #expect(await databaseError { try await snapshot.run("INSERT INTO t VALUES (4, 'x')") }?.code == .storage)
            #expect(try await snapshot.integers(longCount, .integer(300_000)) == [45_000_150_000])
            try await snapshot.commit()
            #expect(try await db.integers("SELECT count(*) FROM t") == [3])
        }
    }

    @Test("Where tables are built anew, foreign keys sleep until the commit", arguments: [true, false])
    func rebuild(isSound: Bool) async throws {
        let child = "CREATE TABLE c (a INTEGER REFERENCES t(a) ON DELETE CASCADE) STRICT"
        let rows = ["INSERT INTO t VALUES (1, 'x')", "INSERT INTO c VALUES (1)"]
        try await SQLiteFile.opened(Self.schema + [child] + rows) { db, _ async throws in
            var options = TransactionOptions()
            options.rebuildsTables = true
            let transaction = try await db.begin(options)
            try await transaction.run("CREATE TABLE other (a INTEGER PRIMARY KEY) STRICT")
            if isSound { try await transaction.run("INSERT INTO other SELECT a FROM t") }
            try await transaction.run("DROP TABLE t")
            try await transaction.run("ALTER TABLE other RENAME TO t")
            if isSound {
                try await transaction.commit()
            } else {
                let error = await databaseError { try await transaction.commit() }
                #expect(error?.code == .foreignKeyViolation && error?.table == "c")
            }
            #expect(try await db.integers("SELECT a FROM c") == [1])
            #expect(try await db.integers("SELECT a FROM t") == [1])
            #expect(await databaseError { try await db.run("INSERT INTO c VALUES (7)") }?.code == .foreignKeyViolation)
            let undone = try await db.begin(options)
            await undone.rollback()
            #expect(try await db.integers("PRAGMA foreign_keys") == [1])
            do { _ = try await db.begin(options) }
            #expect(try await db.integers("PRAGMA foreign_keys") == [1])
        }
    }

    @Test("A transaction is used by several tasks at once, one statement after another")
    func shared() async throws {
        try await SQLiteFile.opened(Self.schema, { $0.inlineSteps = 2_000 }) { db, _ in
            let transaction = try await db.begin(TransactionOptions())
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        try await transaction.run("INSERT INTO t VALUES (?1, 'x')", .integer(Int64(number)))
                        #expect(try await transaction.integers(longCount, .integer(5_000)) == [12_502_500])
                    }
                }
                try await group.waitForAll()
            }
            try await transaction.commit()
            #expect(try await db.integers("SELECT count(*) FROM t") == [50])
        }
    }
}
