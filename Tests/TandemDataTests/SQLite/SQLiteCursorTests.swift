// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemData

@Suite("Cursors and bulk inserts of SQLite")
struct SQLiteCursorTests {
    static let table = Table(
        "t",
        columns: [TableColumn("a", .integer), TableColumn("b", .text, isOptional: true)],
        key: ["a"]
    )
    static let schema = ["CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT"]

    private func insert(_ count: Int, into db: SQLiteDriver, from start: Int = 0) async throws {
        let transaction = try await db.begin(TransactionOptions())
        try await transaction.insert(into: Self.table, columns: Self.table.columns, count: count) { row, values in
            values.write(start + row)
            values.write(row % 3 == 0 ? nil : "row \(row)")
        }
        try await transaction.commit()
    }

    @Test("Rows of an insert are all there")
    func insert() async throws {
        try await SQLiteFile.opened(Self.schema) { db, _ in
            try await self.insert(10_000, into: db)
            try await self.insert(0, into: db)
            #expect(try await db.integers("SELECT count(*), sum(a) FROM t") == [10_000])
            #expect(try await db.integers("SELECT count(*) FROM t WHERE b IS NULL") == [3_334])
        }
    }

    @Test("An insert that fails leaves no row and the transaction open")
    func failedInsert() async throws {
        try await SQLiteFile.opened(Self.schema) { db, _ in
            let transaction = try await db.begin(TransactionOptions())
            try await transaction.run("INSERT INTO t VALUES (500, 'mine')")
            let values: [(SQLValue, DatabaseError.Code)] = [
                (.integer(500), .uniqueViolation), (.text("no"), .invalidValue), (.invalid("No."), .invalidValue),
            ]
            for (bad, code) in values {
                let error = await databaseError {
                    try await transaction.insert(into: Self.table, columns: Self.table.columns, count: 100) {
                        row,
                        values in
                        values.write(row == 77 ? bad : .integer(Int64(row)))
                        values.write("x")
                    }
                }
                #expect(error?.code == code)
            }
            let missing = await databaseError {
                try await transaction.insert(into: Self.table, columns: Self.table.columns, count: 2) { row, values in
                    values.write(row)
                }
            }
            #expect(missing?.code == .invalidStatement)
            try await transaction.commit()
            #expect(try await db.integers("SELECT a FROM t") == [500])
        }
    }

    @Test("A cursor reads one state to its end while others write")
    func wholeCursor() async throws {
        try await SQLiteFile.opened(Self.schema) { db, _ in
            try await self.insert(1_000, into: db)
            let cursor = try await db.cursor(Statement("SELECT a FROM t ORDER BY a", access: .read))
            var (found, parts) = ([Int](), 0)
            while try await cursor.next(each: { found.append(Int(try $0.integer())) }) {
                parts += 1
                try await db.run("DELETE FROM t WHERE a > ?1", .integer(Int64(900 - parts)))
            }
            #expect(found == Array(0..<1_000))
            #expect(parts == 5)
            #expect(try await !cursor.next { _ in })
            await cursor.close()
            #expect(db.held.count == 1)
        }
    }

    @Test("A cursor that is closed gives its connection back, however it is closed")
    func closedCursor() async throws {
        try await SQLiteFile.opened(
            Self.schema,
            {
                $0.heldReaders = 1; $0.waitTimeout = .seconds(10)
            }
        ) { db, _ in
            try await self.insert(1_000, into: db)
            for way in 0..<6 {
                let cursor = try await db.cursor(Statement("SELECT a FROM t"))
                if way > 0 { _ = try await cursor.next { _ in } }
                if way % 2 == 0 {
                    await cursor.close()
                    await cursor.close()
                    #expect(try await !cursor.next { _ in })
                }
            }
            #expect(
                await databaseError { _ = try await db.cursor(Statement("SELECT x FROM t")) }?.code == .invalidStatement
            )
            let cursor = try await db.cursor(Statement("SELECT a, a / (a - 300) FROM t"))
            await cursor.close()
        }
    }

    @Test("A cursor in a transaction sees what it wrote, and ends with it")
    func inTransaction() async throws {
        try await SQLiteFile.opened(Self.schema) { db, _ in
            let transaction = try await db.begin(TransactionOptions())
            try await transaction.insert(into: Self.table, columns: Self.table.columns, count: 500) { row, values in
                values.write(row)
                values.write("x")
            }
            let cursor = try await transaction.cursor(Statement("SELECT a FROM t"))
            let again = try await transaction.cursor(Statement("SELECT a FROM t"))
            var count = 0
            _ = try await cursor.next { _ in count += 1 }
            _ = try await again.next { _ in count += 1 }
            #expect(count == 400)
            try await transaction.commit()
            #expect(await databaseError { _ = try await cursor.next { _ in } }?.code == .closed)
            // The snapshot of the cursor is gone, and the next writer is not in its way.
            #expect(try await db.run("DELETE FROM t") == 500)
            #expect(try await db.checkpoint())
        }
    }

    @Test("A cursor of a statement that writes has its rows")
    func writing() async throws {
        try await SQLiteFile.opened(Self.schema) { db, _ in
            for text in [
                "INSERT INTO t (b) VALUES ('x') RETURNING a", "WITH x AS (SELECT 1) DELETE FROM t RETURNING a",
            ] {
                let cursor = try await db.cursor(Statement(text))
                var found: [Int64] = []
                while try await cursor.next(each: { found.append(try $0.integer()) }) {}
                #expect(found == [1])
            }
        }
    }
}
