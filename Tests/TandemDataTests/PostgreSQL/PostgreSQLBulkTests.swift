// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL && os(Linux)
import Foundation
import TestServers
import Testing

@testable import TandemData

@Suite("Many rows go in by COPY and come out by a cursor", .enabled(if: PostgreSQLServer.isInstalled))
struct PostgreSQLBulkTests {
    static let columns = [TableColumn("id", .integer), TableColumn("name", .text)]

    static func table(_ name: String) -> Table { Table(name, columns: Self.columns, key: ["id"]) }

    @Test("100,000 rows by COPY, between other statements of a transaction")
    func copy() async throws {
        try await PostgreSQLSession.run { session in
            let transaction = try await session.driver.begin(TransactionOptions())
            try await transaction.run("CREATE TABLE copied (id bigint PRIMARY KEY, name text)")
            try await transaction.insert(into: Self.table("copied"), columns: Self.columns, count: 100_000) {
                row,
                writer in
                writer.write(row)
                writer.write("Row \(row) of many, with a tab\tand a \\ in it")
            }
            #expect(try await transaction.value("SELECT count(*) FROM copied") == .integer(100_000))
            let name = try await transaction.value("SELECT name FROM copied WHERE id = $1", [.integer(99_999)])
            #expect(name == .text("Row 99999 of many, with a tab\tand a \\ in it"))
            await transaction.rollback()
        }
    }

    @Test("A row that breaks a rule undoes the COPY, and the transaction can be rolled back")
    func failingCopy() async throws {
        try await PostgreSQLSession.run { session in
            try await session.run("CREATE TABLE half_copied (id bigint PRIMARY KEY, name text)")
            for (count, bad, expected) in [(50_000, 40_000, DatabaseError.Code.uniqueViolation), (3, 2, .invalidValue)]
            {
                let transaction = try await session.driver.begin(TransactionOptions())
                let result = await code {
                    let table = Self.table("half_copied")
                    try await transaction.insert(into: table, columns: Self.columns, count: count) { row, writer in
                        writer.write(expected == .uniqueViolation && row == bad ? 1 : row)
                        writer.write(expected == .invalidValue && row == bad ? "a\0" : "a")
                    }
                }
                #expect(result == expected)
                await transaction.rollback()
                #expect(try await session.value("SELECT count(*) FROM half_copied") == .integer(0))
            }
            let transaction = try await session.driver.begin(TransactionOptions())
            let missing = await code {
                try await transaction.insert(into: Self.table("nowhere"), columns: Self.columns, count: 1) {
                    _,
                    writer in
                    writer.write(1)
                    writer.write("a")
                }
            }
            #expect(missing == .invalidStatement)
            await transaction.rollback()
            try await session.run("DROP TABLE half_copied")
        }
    }

    @Test("A cursor reads a large result in little memory")
    func cursor() async throws {
        try await PostgreSQLSession.run { session in
            // 300 MB in all.
            let text = "SELECT n, repeat('x', 1000) FROM generate_series(1, $1) AS n"
            let cursor = try await session.driver.cursor(Statement(text, [.integer(300_000)], access: .read))
            let before = Self.memory
            var sum: Int64 = 0
            while try await cursor.next(each: { sum += try $0.integer() }) {}
            #expect(sum == 300_000 * 300_001 / 2)
            #expect(Self.memory - before < 60 << 20)
            #expect(try await !cursor.next { _ in })
            await cursor.close()
        }
    }

    /// What this process has in memory, in bytes.
    private static var memory: Int {
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
        return (pages.flatMap { Int($0[1]) } ?? 0) * 4096
    }

    @Test("Cursors in a transaction see what it did, and may be given up in the middle")
    func cursorsInTransaction() async throws {
        try await PostgreSQLSession.run({ $0.connections = 1...1 }) { session in
            let transaction = try await session.driver.begin(TransactionOptions())
            try await transaction.run("CREATE TABLE counted (n bigint)")
            try await transaction.run("INSERT INTO counted SELECT generate_series(1, 1000)")
            let first = try await transaction.cursor(Statement("SELECT n FROM counted ORDER BY n", access: .read))
            let second = try await transaction.cursor(Statement("SELECT -n FROM counted ORDER BY n", access: .read))
            var (some, others): ([Int64], [Int64]) = ([], [])
            #expect(try await first.next { some.append(try $0.integer()) })
            while try await second.next(each: { others.append(try $0.integer()) }) {}
            #expect(some == Array(1...Int64(some.count)) && some.count < 1000)
            #expect(others == (1...1000).map { -$0 })
            await first.close()
            await first.close()
            #expect(try await !first.next { _ in })
            let written = try await transaction.cursor(
                Statement("DELETE FROM counted WHERE n < 4 RETURNING n", access: .write)
            )
            var deleted: Set<Int64> = []
            while try await written.next(each: { deleted.insert(try $0.integer()) }) {}
            #expect(deleted == [1, 2, 3])
            await transaction.rollback()
            #expect(try await session.value("SELECT 1::bigint") == .integer(1))
        }
    }

    @Test("A cursor of a wrong statement, or one that is dropped, gives its connection back")
    func droppedCursors() async throws {
        try await PostgreSQLSession.run({ $0.connections = 1...1 }) { session in
            let wrong = try await session.driver.cursor(Statement("SELECT nothing", access: .read))
            #expect(await code { _ = try await wrong.next { _ in } } == .invalidStatement)
            do {
                let dropped = try await session.driver.cursor(
                    Statement("SELECT generate_series(1, 100000)", access: .read)
                )
                #expect(try await dropped.next { _ in })
            }
            #expect(try await session.value("SELECT 1::bigint") == .integer(1))
        }
    }
}
#endif
