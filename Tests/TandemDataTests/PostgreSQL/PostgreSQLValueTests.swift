// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL && os(Linux)
import FoundationEssentials
import TestServers
import Testing

@testable import TandemData

@Suite("Values go into PostgreSQL and come out the same", .enabled(if: PostgreSQLServer.isInstalled))
struct PostgreSQLValueTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let type: String
        let value: SQLValue
        var testDescription: String { "\(self.type): \(String(describing: self.value).prefix(40))" }

        init(_ type: String, _ value: SQLValue) {
            self.type = type
            self.value = value
        }
    }

    static let microsecond = Date(timeIntervalSinceReferenceDate: 813_693_600.123456)

    static let cases: [Case] =
        [true, false].map { Case("boolean", .boolean($0)) }
        + [0, -1, .max, .min].map { Case("bigint", .integer($0)) }
        + [0, -1, 2_147_483_647, -2_147_483_648].map { Case("integer", .integer($0)) }
        + [32_767, -32_768].map { Case("smallint", .integer($0)) }
        + [0, -0.1, .greatestFiniteMagnitude, .leastNonzeroMagnitude, .infinity, -.infinity, 1.0 / 3]
        .map { Case("double precision", .double($0)) }
        + [Case("real", .double(0.5))]
        + [
            "", "Grüße 👋🏽", "a'b\"c\\d\n\t\r", "Robert'); DROP TABLE students;--",
            String(repeating: "x", count: 100_000),
        ]
        .flatMap { [Case("text", .text($0)), Case("varchar", .text($0))] }
        + [[], [0, 1, 255], [UInt8](repeating: 7, count: 70_000)].map { Case("bytea", .bytes($0)) }
        + [
            microsecond, Date(timeIntervalSinceReferenceDate: 0),
            Date(timeIntervalSinceReferenceDate: -60_000_000_000.25),
        ]
        .flatMap { [Case("timestamptz", .timestamp($0)), Case("timestamp", .timestamp($0))] }
        + [UUID()].map { Case("uuid", .uuid($0)) }
        + [
            "0", "1", "-1", "1.5", "-0.00012", "10000", "9999.9999", "100000000", "0.0001",
            "12345678901234567890123456789012345678", "-0.00000000000000000000000000000000000001", "1e40",
        ].map { Case("numeric", .decimal(Decimal(string: $0) ?? 0)) }
        + [#"{"a": 1}"#, "null", "[1, 2, \"ä\"]"].map { Case("jsonb", .json($0)) }
        + [Case("json", .json(#"{"a": 1, "b": 2}"#))]
        + ["boolean", "bigint", "text", "bytea", "timestamptz", "uuid", "numeric", "jsonb", "double precision"]
        .map { Case($0, .null) }

    @Test("Through a parameter and a column", arguments: cases)
    func roundTrip(of example: Case) async throws {
        try await PostgreSQLSession.run { session in
            let transaction = try await session.driver.begin(TransactionOptions())
            try await transaction.run("CREATE TEMPORARY TABLE kept (value \(example.type)) ON COMMIT DROP")
            let count = try await transaction.run("INSERT INTO kept VALUES ($1)", [example.value])
            #expect(count == 1)
            #expect(try await transaction.value("SELECT value FROM kept") == example.value)
            try await transaction.commit()
        }
    }

    @Test("All of them by COPY too")
    func copy() async throws {
        try await PostgreSQLSession.run { session in
            let types = [
                "boolean", "bigint", "integer", "double precision", "text", "bytea", "timestamptz", "uuid", "numeric",
                "jsonb",
            ]
            for (number, type) in types.enumerated() {
                let name = "kept_\(number)"
                let values = Self.cases.filter { $0.type == type }.map(\.value)
                let transaction = try await session.driver.begin(TransactionOptions())
                try await transaction.run(
                    "CREATE TEMPORARY TABLE \(name) (\"Of \"\"order\" bigint, value \(type)) ON COMMIT DROP"
                )
                let columns = [TableColumn("Of \"order", .integer), TableColumn("value", .text)]
                let table = Table(name, columns: columns, key: [])
                try await transaction.insert(into: table, columns: columns, count: values.count) { row, writer in
                    writer.write(row)
                    writer.write(values[row])
                }
                var read: [SQLValue] = []
                _ = try await transaction.run(Statement("SELECT value FROM \(name) ORDER BY \"Of \"\"order\"")) {
                    read.append(try $0.value())
                }
                #expect(read == values, "\(type)")
                try await transaction.commit()
            }
        }
    }

    @Test(
        "What PostgreSQL has beside is read as what it means",
        arguments: [
            ("'2026-11-24'::date", SQLValue.text("2026-11-24")), ("'0044-03-15 BC'::date", .text("0044-03-15 BC")),
            ("'23:59:58.5'::time", .text("23:59:58.500000")), ("'abc'::name", .text("abc")),
            ("4294967295::oid", .integer(4_294_967_295)), ("'x'::\"char\"", .text("x")),
            ("'ab'::char(3)", .text("ab ")),
            ("'<a/>'::xml", .text("<a/>")), ("sum(n)", .decimal(6)),
        ]
    )
    func others(expression: String, value: SQLValue) async throws {
        try await PostgreSQLSession.run { session in
            let read = try await session.value("SELECT \(expression) FROM (VALUES (1::bigint), (5)) AS v(n)")
            #expect(read == value)
        }
    }

    @Test("A sum of bigints, which is numeric, is read as an integer where it is one")
    func sums() async throws {
        try await PostgreSQLSession.run { session in
            var sum: Int64 = 0
            _ = try await session.driver.run(Statement("SELECT sum(n) FROM (VALUES (1::bigint), (-7)) AS v(n)")) {
                sum = try $0.integer()
            }
            #expect(sum == -6)
            await #expect(throws: DatabaseError.self) {
                _ = try await session.driver.run(Statement("SELECT 1.5::numeric")) { _ = try $0.integer() }
            }
        }
    }

    @Test(
        "What no type here can hold is an error, not another value",
        arguments: [
            "'NaN'::numeric", "'Infinity'::numeric", "'infinity'::timestamptz", "'{1,2}'::int[]", "'1 day'::interval",
            "123456789012345678901234567890.1234567890123::numeric",
        ]
    )
    func unreadable(expression: String) async throws {
        try await PostgreSQLSession.run { session in
            #expect(await code { _ = try await session.value("SELECT \(expression)") } == .unreadable)
        }
    }

    @Test("What PostgreSQL cannot keep is refused before it is sent")
    func refused() async throws {
        try await PostgreSQLSession.run { session in
            // No arguments of the test: Foundation traps on the description of such dates.
            let (far, none) = (Date(timeIntervalSinceReferenceDate: 1e15), Date(timeIntervalSinceReferenceDate: .nan))
            let values: [SQLValue] = [.text("a\0b"), .decimal(.nan), .timestamp(far), .timestamp(none), .invalid("no")]
            for value in values { #expect(await session.code(of: "SELECT $1", [value]) == .invalidValue) }
            let next = try await session.value("SELECT 1::bigint")
            #expect(next == .integer(1))
        }
    }

    @Test(
        "An integer, a text and NULL are taken for what stands at their place",
        arguments: [
            ("SELECT count(*) FROM kept WHERE small = $1", SQLValue.integer(7), SQLValue.integer(1)),
            ("SELECT count(*) FROM kept WHERE medium = $1", .integer(7), .integer(1)),
            ("SELECT count(*) FROM kept WHERE exact = $1", .integer(7), .integer(1)),
            ("SELECT $1 + 1", .integer(4_000_000_000), .integer(4_000_000_001)),
            ("SELECT count(*) FROM (SELECT 1 FROM kept LIMIT $1) AS few", .integer(1), .integer(1)),
            ("SELECT count(*) FROM kept WHERE mood = $1", .text("good"), .integer(1)),
            ("SELECT count(*) FROM kept WHERE day = $1", .text("2026-11-24"), .integer(1)),
            ("SELECT count(*) FROM kept WHERE small = ANY($1)", .text("{7,8}"), .integer(1)),
            ("SELECT count(*) FROM kept WHERE document @> $1", .json(#"{"a":1}"#), .integer(1)),
            ("SELECT count(*) FROM kept WHERE document ->> $1 = '1'", .text("a"), .integer(1)),
            ("SELECT left('abc', $1::int)", .integer(2), .text("ab")),
            ("SELECT $1", .text("x"), .text("x")), ("SELECT coalesce($1, medium) FROM kept", .null, .integer(7)),
            ("UPDATE kept SET small = $1 RETURNING small", .integer(7), .integer(7)),
        ]
    )
    func inference(statement: String, value: SQLValue, expected: SQLValue) async throws {
        try await PostgreSQLSession.run { session in
            let transaction = try await session.driver.begin(TransactionOptions())
            try await transaction.run("CREATE TYPE mood AS ENUM ('good', 'bad')")
            try await transaction.run(
                """
                CREATE TABLE kept (small smallint, medium integer, exact numeric, mood mood, day date, document jsonb)
                """
            )
            try await transaction.run(
                "INSERT INTO kept VALUES ($1, $2, $3, $4, $5, $6)",
                [.integer(7), .integer(7), .integer(7), .text("good"), .text("2026-11-24"), .json(#"{"a":1}"#)]
            )
            #expect(try await transaction.value("SELECT mood FROM kept") == .text("good"))
            #expect(try await transaction.value(statement, [value]) == expected)
            await transaction.rollback()
        }
    }
}
#endif
