// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import TandemData

@Suite("Values go into SQLite and come back as they were")
struct SQLiteValueTests {
    private static let hostile = [
        "", "'; DROP TABLE t; --", "\" OR 1=1 --", "a\u{0}b", "\u{0}", "?1", "$1", "ünïcödé 🐦", "%_\\", "NULL", "x'00'",
        String(repeating: "ä", count: 100_000),
    ]

    @Test("A text is a value, whatever is in it", arguments: Self.hostile)
    func hostileText(text: String) async throws {
        try await SQLiteFile.opened(["CREATE TABLE t (a TEXT NOT NULL) STRICT"]) { db, _ in
            try await db.run("INSERT INTO t VALUES (?1)", .text(text))
            #expect(try await db.texts("SELECT a FROM t") == [text])
            #expect(try await db.integers("SELECT count(*) FROM t WHERE a = ?1", .text(text)) == [1])
        }
    }

    @Test("Every kind of value is kept")
    func kinds() async throws {
        let columns =
            "b INTEGER, i INTEGER, d REAL, t TEXT, x BLOB, m TEXT, u TEXT, n TEXT COLLATE DECIMAL, j TEXT, z ANY"
        try await SQLiteFile.opened(["CREATE TABLE t (\(columns)) STRICT"]) { db, _ in
            let moment = Date(timeIntervalSince1970: 1_795_543_200.123_456)
            let uuid = UUID()
            let decimal = try #require(Decimal(string: "-12345678901234567890.000000000123"))
            let blob = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let values: [SQLValue] = [
                .boolean(true), .integer(.min), .double(-0.1), .text("t"), .bytes(blob), .timestamp(moment),
                .uuid(uuid), .decimal(decimal), .json(#"{"a":[1]}"#), .null,
            ]
            _ = try await db.run(Statement("INSERT INTO t VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)", values)) { _ in }
            var rows = 0
            _ = try await db.run(Statement("SELECT * FROM t")) { row in
                rows += 1
                let (boolean, integer, double, text) = (
                    try row.boolean(), try row.integer(), try row.double(), try row.text()
                )
                #expect(boolean && integer == .min && double == -0.1 && text == "t")
                let (bytes, timestamp, key, number) = (
                    try row.bytes(), try row.timestamp(), try row.uuid(), try row.decimal()
                )
                #expect(bytes == blob && abs(timestamp.timeIntervalSince(moment)) < 1e-6)
                #expect(key == uuid && number == decimal)
                let (json, isNull) = (try row.text(), row.takeNull())
                #expect(json == #"{"a":[1]}"# && isNull)
            }
            #expect(rows == 1)
            let text = "SELECT m || ' ' || (u = lower(u)) FROM t"
            #expect(try await db.texts(text) == ["2026-11-24T18:00:00.123456Z 1"])
        }
    }

    @Test("Empty bytes are no NULL, and neither is an empty text")
    func empty() async throws {
        try await SQLiteFile.opened(["CREATE TABLE t (a BLOB NOT NULL, b TEXT NOT NULL) STRICT"]) { db, _ in
            try await db.run("INSERT INTO t VALUES (?1, ?2)", .bytes([]), .text(""))
            _ = try await db.run(Statement("SELECT * FROM t")) { row in
                let (bytes, text) = (try row.bytes(), try row.text())
                #expect(bytes == [] && text == "")
            }
        }
    }

    @Test(
        "A value without a form is refused",
        arguments: [
            SQLValue.invalid("Too wide."), .double(.nan), .decimal(.nan), .timestamp(Date(timeIntervalSince1970: 1e12)),
            .timestamp(.distantPast.addingTimeInterval(-1e11)),
        ]
    )
    func invalid(value: SQLValue) async throws {
        try await SQLiteFile.opened(["CREATE TABLE t (a ANY) STRICT"]) { db, _ async throws in
            let error = await databaseError { try await db.run("INSERT INTO t VALUES (?1)", value) }
            #expect(error?.code == .invalidValue)
            #expect(try await db.integers("SELECT count(*) FROM t") == [0])
        }
    }

    @Test("A column that holds something else is unreadable, and named")
    func unreadable() async throws {
        try await SQLiteFile.opened { db, _ in
            for (literal, read) in Self.misread {
                let error = await databaseError {
                    _ = try await db.run(Statement("SELECT \(literal) AS wrong")) { try read(&$0) }
                }
                #expect(error?.code == .unreadable && error?.message.contains("wrong") == true, "\(literal)")
            }
        }
    }

    private static let misread: [(String, @Sendable (inout RowReader) throws -> Void)] = [
        ("'a'", { _ = try $0.integer() }), ("1", { _ = try $0.text() }), ("NULL", { _ = try $0.text() }),
        ("CAST(x'ff' AS TEXT)", { _ = try $0.text() }), ("'a'", { _ = try $0.bytes() }),
        ("'2026-02-30T00:00:00.000000Z'", { _ = try $0.timestamp() }), ("'no'", { _ = try $0.uuid() }),
        ("'1e'", { _ = try $0.decimal() }), ("x'00'", { _ = try $0.double() }),
    ]

    @Test(
        "Moments of SQLite's own functions are read as UTC",
        arguments: ["2026-11-24 18:00:00", "2026-11-24T18:00:00Z"]
    )
    func foreignMoments(text: String) async throws {
        try await SQLiteFile.opened { db, _ in
            _ = try await db.run(Statement("SELECT ?1", [.text(text)])) { row in
                let moment = try row.timestamp()
                #expect(moment == Date(timeIntervalSince1970: 1_795_543_200))
            }
        }
    }

    @Test("Moments keep their order as texts, from the year 0 to 9999")
    func moments() throws {
        var previous: [UInt8] = []
        for seconds in stride(from: -62_167_219_200.0, through: 253_402_300_799, by: 9_876_543.25) {
            var text = TimestampText.blank
            #expect(TimestampText.write(Date(timeIntervalSince1970: seconds), to: &text))
            #expect(previous.lexicographicallyPrecedes(text))
            // As near as a Date of that year can be.
            let date = try #require(TimestampText.date(text[...]))
            #expect(abs(date.timeIntervalSince1970 - seconds) < 1e-4)
            previous = text
        }
    }
}
