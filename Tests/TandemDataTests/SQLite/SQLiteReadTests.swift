// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import TandemData

@Suite("Reads of SQLite wait for nobody")
struct SQLiteReadTests {
    static let schema = [
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO t SELECT i, 'x' FROM n",
    ]

    @Test("A read goes on while a transaction is open, and sees what is committed")
    func besideWriter() async throws {
        try await SQLiteFile.opened(Self.schema, { $0.waitTimeout = .milliseconds(50) }) { db, _ in
            let transaction = try await db.begin(TransactionOptions())
            try await transaction.run("DELETE FROM t")
            for _ in 0..<100 { #expect(try await db.integers("SELECT count(*) FROM t") == [1000]) }
            #expect(try await transaction.integers("SELECT count(*) FROM t") == [0])
            try await transaction.commit()
            #expect(try await db.integers("SELECT count(*) FROM t") == [0])
        }
    }

    @Test("So many at once all read", arguments: [50, 500])
    func concurrent(count: Int) async throws {
        try await SQLiteFile.opened(Self.schema) { db, _ in
            let sum = try await withThrowingTaskGroup(of: Int64.self) { group in
                for key in 1...count {
                    group.addTask {
                        try await db.integers("SELECT a FROM t WHERE a = ?1", .integer(Int64(key)), access: .read)[0]
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == Int64(count * (count + 1) / 2))
            #expect(try await db.integers("SELECT count(*) FROM t") == [1000])
        }
    }

    @Test("A long read leaves the caller's thread, is read once, and holds up no short ones")
    func budget() async throws {
        try await SQLiteFile.opened(
            Self.schema,
            {
                $0.inlineSteps = 2_000; $0.readers = 1
            }
        ) { db, _ in
            let reader = try await db.readers.take()
            // Rows come before the budget is spent, and again when the read is begun anew.
            let text = "SELECT x.a FROM t x, t y WHERE y.a <= 3"
            switch try reader.readInline(Statement(text), steps: 2_000) {
            case .tooLong: break
            default: Issue.record("3,000 rows in 2,000 steps")
            }
            db.readers.give(reader)
            let found = try await db.integers(text)
            #expect(found.count == 3_000 && found.reduce(0, +) == 3 * 500_500)
            async let long = db.integers(longCount, .integer(2_000_000))
            for key in 1...200 {
                #expect(try await db.integers("SELECT a FROM t WHERE a = ?1", .integer(Int64(key))) == [Int64(key)])
            }
            #expect(try await long == [2_000_001_000_000])
        }
    }

    @Test("A short read stays on the caller's thread, however often its statement ran before")
    func inline() async throws {
        try await SQLiteFile.opened(Self.schema) { db, _ in
            let reader = try await db.readers.take()
            for _ in 0..<5_000 {
                guard
                    case .rows(let rows) = try reader.readInline(Statement("SELECT b FROM t WHERE a = 7"), steps: 2_000)
                else {
                    Issue.record("not inline")
                    break
                }
                #expect(rows.count == 1)
            }
            db.readers.give(reader)
        }
    }

    @Test("What was long goes elsewhere at once, for ever longer whiles, and comes back when it is short")
    func record() {
        var record = SQLiteInlineRecord()
        func runs(_ duration: Duration) -> Int {
            var away = 0
            while !record.allows() { away += 1 }
            record.note(duration)
            return away
        }
        // Once is no habit.
        #expect([50, 0, 50, 0].map { runs(.milliseconds($0)) } == [0, 0, 0, 0])
        #expect([50, 50, 50, 50, 0, 0].map { runs(.milliseconds($0)) } == [0, 0, 16, 64, 256, 0])
        record.sendAway()
        #expect(runs(.zero) == 16)
    }

    @Test("A table that is counted in one step is counted elsewhere once that was long")
    func count() async throws {
        try await SQLiteFile.opened(["CREATE TABLE big (a INTEGER PRIMARY KEY, b BLOB)"]) { db, _ async throws in
            let fill = """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
                INSERT INTO big SELECT i, zeroblob(3000) FROM n
                """
            try await db.run(fill)
            let reader = try await db.readers.take()
            var inline = 0
            for _ in 0..<10 {
                switch try reader.readInline(Statement("SELECT count(*) FROM big"), steps: 50_000) {
                case .rows: inline += 1
                default: #expect(try await db.integers("SELECT count(*) FROM big") == [10_000])
                }
            }
            db.readers.give(reader)
            #expect(inline <= 3)
        }
    }

    @Test("A long read ends when its task is cancelled, and the connection is well")
    func cancellation() async throws {
        try await SQLiteFile.opened(
            Self.schema,
            {
                $0.inlineSteps = 2_000; $0.heldReaders = 1
            }
        ) { db, _ async throws in
            let long = Task { try await db.integers(longCount, .integer(2_000_000_000)) }
            // It is being read once the only connection for long reads is lent.
            while db.held.takeFree().map({ db.held.give($0) }) != nil || db.held.count == 0 { await Task.yield() }
            long.cancel()
            await #expect(throws: CancellationError.self) { try await long.value }
            #expect(try await db.integers(longCount, .integer(10_000)) == [50_005_000])
            let never = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await db.integers("SELECT 1")
            }
            await #expect(throws: CancellationError.self) { try await never.value }
        }
    }

    @Test("A read by key comes back on the thread that asked")
    func sameThread() async throws {
        try await SQLiteFile.opened(Self.schema) { db, _ async throws in
            _ = try await db.integers("SELECT 1")
            var threads: Set<UInt> = [Self.thread]
            for key in 1...100 {
                _ = try await db.run(Statement("SELECT a FROM t WHERE a = ?1", [.integer(Int64(key))])) { _ in
                    threads.insert(Self.thread)
                }
                threads.insert(Self.thread)
            }
            #expect(threads.count == 1)
        }
    }

    private static var thread: UInt { UInt(pthread_self()) }

    @Test("A statement that is taken for a read is written where it must be")
    func hiddenWrite() async throws {
        try await SQLiteFile.opened(Self.schema) { db, _ async throws in
            let text = "WITH x(v) AS (SELECT 5000) INSERT INTO t (a) SELECT v FROM x RETURNING a"
            #expect(try await db.integers(text) == [5_000])
            #expect(try await db.run("DELETE FROM t WHERE a > ?1", .integer(990)) == 11)
            #expect(try await db.integers("SELECT count(*) FROM t") == [990])
        }
    }

    @Test("Statements beyond the number that is kept give way to each other")
    func kept() async throws {
        try await SQLiteFile.opened(
            Self.schema,
            {
                $0.keptStatements = 3; $0.readers = 1
            }
        ) { db, _ async throws in
            for round in 0..<3 {
                for number in 0..<10 {
                    #expect(try await db.integers("SELECT \(number)") == [Int64(number)], "\(round)")
                }
            }
        }
    }

    @Test("A kept statement follows a change of its table")
    func reprepared() async throws {
        try await SQLiteFile.opened(Self.schema) { db, _ in
            func columns() async throws -> Int {
                var count = 0
                _ = try await db.run(Statement("SELECT * FROM t WHERE a = 1")) { row in
                    while (try? row.value()) != nil { count += 1 }
                }
                return count
            }
            #expect(try await columns() == 2)
            try await db.run("ALTER TABLE t ADD COLUMN c TEXT DEFAULT 'y'")
            #expect(try await columns() == 3)
            #expect(try await db.texts("SELECT c FROM t WHERE a = 1") == ["y"])
        }
    }

    @Test("What the reader of a row throws comes out, and the connection is well")
    func throwing() async throws {
        struct Stop: Error {}
        try await SQLiteFile.opened(Self.schema, { $0.readers = 1 }) { db, _ async throws in
            for _ in 0..<10 {
                await #expect(throws: Stop.self) {
                    _ = try await db.run(Statement("SELECT a FROM t")) { _ in throw Stop() }
                }
            }
            #expect(try await db.integers("SELECT count(*) FROM t") == [1000])
        }
    }

    @Test("A database in memory is of one driver alone, reads beside its writer, and leaves nothing")
    func memory() async throws {
        let (one, other) = (try await SQLiteDriver(path: ":memory:"), try await SQLiteDriver(path: ":memory:"))
        try await one.run("CREATE TABLE t (a)")
        let transaction = try await one.begin(TransactionOptions())
        try await transaction.run("INSERT INTO t VALUES (1)")
        #expect(try await one.integers("SELECT count(*) FROM t") == [0])
        try await transaction.commit()
        #expect(try await one.integers("SELECT count(*) FROM t") == [1])
        #expect(await databaseError { try await other.run("SELECT * FROM t") }?.code == .invalidStatement)
        await one.close()
        await other.close()
        #expect(await databaseError { try await one.run("SELECT 1") }?.code == .closed)
        #expect(await databaseError { _ = try await SQLiteDriver(path: one.path + "/x") }?.code == .storage)
    }
}
