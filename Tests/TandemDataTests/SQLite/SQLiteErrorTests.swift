// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import TandemData

@Suite("What SQLite refuses becomes a typed error")
struct SQLiteErrorTests {
    static let schema = [
        "CREATE TABLE teams (id INTEGER PRIMARY KEY) STRICT",
        """
        CREATE TABLE users (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, town TEXT, age INTEGER, team INTEGER REFERENCES teams(id),
            CONSTRAINT users_age_check CHECK (age > 0 AND length(name) < 100), CHECK (town <> 'Nowhere'),
            UNIQUE (name, town)
        ) STRICT
        """,
        "INSERT INTO users (id, name, town) VALUES (1, 'Ada', 'London')",
        "INSERT INTO teams VALUES (1)",
        "INSERT INTO users (id, name, team) VALUES (2, 'Bob', 1)",
        "CREATE TABLE kept (team INTEGER REFERENCES teams(id) ON DELETE RESTRICT) STRICT",
        "INSERT INTO kept VALUES (1)",
    ]

    static let refused: [(String, DatabaseError.Code, String?, [String])] = [
        ("INSERT INTO users (name, town) VALUES ('Ada', 'London')", .uniqueViolation, "users", ["name", "town"]),
        ("INSERT INTO users (id, name) VALUES (1, 'secret')", .uniqueViolation, "users", ["id"]),
        ("INSERT INTO users (name) VALUES (NULL)", .notNullViolation, "users", ["name"]),
        ("INSERT INTO users (name, age) VALUES ('secret', -1)", .checkViolation, "users", ["name", "age"]),
        ("INSERT INTO users (name, town) VALUES ('secret', 'Nowhere')", .checkViolation, "users", ["town"]),
        ("INSERT INTO users (name, team) VALUES ('secret', 9)", .foreignKeyViolation, nil, []),
        ("DELETE FROM teams", .foreignKeyViolation, nil, []),
        ("INSERT INTO users (name, age) VALUES ('secret', 'young')", .invalidValue, "users", ["age"]),
        ("INSERT INTO users (id, name) VALUES ('secret', 'x')", .invalidValue, nil, []),
        ("SELEC 'secret'", .invalidStatement, nil, []),
        ("SELECT secret FROM users", .invalidStatement, nil, []),
        ("SELECT \"secret\" FROM users", .invalidStatement, nil, []),
        ("SELECT 1; SELECT 'secret'", .invalidStatement, nil, []),
        ("SELECT 1; secret", .invalidStatement, nil, []),
        ("SELECT 1\u{0}secret", .invalidStatement, nil, []),
        ("", .invalidStatement, nil, []),
        ("-- secret", .invalidStatement, nil, []),
        ("SELECT ?1 || 'secret'", .invalidStatement, nil, []),
        ("/* secret */ BEGIN IMMEDIATE", .invalidStatement, nil, []),
        ("savepoint secret", .invalidStatement, nil, []),
        ("ROLLBACK", .invalidStatement, nil, []),
        ("SELECT load_extension('secret')", .invalidStatement, nil, []),
        ("UPDATE sqlite_schema SET sql = 'secret'", .invalidStatement, nil, []),
    ]

    @Test("Each by its code, with the table and the columns, without its values", arguments: Self.refused)
    func codes(text: String, code: DatabaseError.Code, table: String?, columns: [String]) async throws {
        try await SQLiteFile.opened(Self.schema) { db, _ async throws in
            let error = await databaseError { try await db.run(text) }
            #expect(error?.code == code, "\(String(describing: error?.cause))")
            #expect(error?.table == table && error?.columns == columns)
            #expect(error?.description.contains("secret") == false)
            // It goes on as if nothing had been.
            #expect(try await db.integers("SELECT count(*) FROM users") == [2])
            #expect(try await db.run("UPDATE users SET age = 3 WHERE id = 1") == 1)
        }
    }

    @Test("More values than places are refused, and none goes to the next")
    func tooMany() async throws {
        try await SQLiteFile.opened { db, _ async throws in
            let error = await databaseError { try await db.run("SELECT ?1", .integer(1), .integer(2)) }
            #expect(error?.code == .invalidStatement)
            #expect(try await db.integers("SELECT ?1", .integer(7)) == [7])
        }
    }

    @Test(
        "A text behind the statement may be blank or a comment",
        arguments: ["SELECT 1;  \n", "SELECT 1; -- one", "; SELECT 1"]
    )
    func tails(text: String) async throws {
        try await SQLiteFile.opened { db, _ async throws in #expect(try await db.integers(text) == [1]) }
    }

    @Test("A file that cannot be opened says so", arguments: ["/proc/tandem.sqlite", "/no/such/folder/a.sqlite", "/"])
    func unopened(path: String) async throws {
        let error = await databaseError { _ = try await SQLiteDriver(path: path) }
        #expect(error?.code == .storage)
    }

    @Test("A file that is no database says so")
    func noDatabase() async throws {
        let file = try SQLiteFile()
        defer { file.remove() }
        try Data(repeating: 65, count: 10_000).write(to: URL(fileURLWithPath: file.path))
        let error = await databaseError { _ = try await SQLiteDriver(path: file.path) }
        #expect(error?.code == .storage)
    }

    @Test("A damaged page is an error of those who read it, and the integrity check finds it")
    func damaged() async throws {
        let file = try SQLiteFile()
        defer { file.remove() }
        let before = try await SQLiteDriver(path: file.path)
        try await before.run("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)")
        try await before.run(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO t SELECT i, i FROM n"
        )
        await before.close()
        var data = try Data(contentsOf: URL(fileURLWithPath: file.path))
        // The pages behind the schema and the table's root.
        for index in 8_192..<data.count { data[index] = 0xaa }
        try data.write(to: URL(fileURLWithPath: file.path))
        let after = try await SQLiteDriver(path: file.path)
        for _ in 0..<20 {
            let error = await databaseError { _ = try await after.integers("SELECT a FROM t") }
            #expect(error?.code == .storage)
        }
        #expect(try await !after.integrityCheck().isEmpty)
        #expect(try await after.integers("SELECT 1") == [1])
        await after.close()
    }

    @Test("A full disk is an error of those who need room, and goes when there is room")
    func full() async throws {
        try await SQLiteFile.opened(["CREATE TABLE t (a BLOB)", "PRAGMA max_page_count = 20"]) { db, _ in
            let sizes = Array(repeating: 10, count: 30) + [1_000_000] + Array(repeating: 10, count: 30)
            let outcomes = await withTaskGroup(of: (Int, DatabaseError.Code?).self) { group in
                for size in sizes {
                    group.addTask {
                        let blob = SQLValue.bytes(Array(repeating: 1, count: size))
                        do { try await db.run("INSERT INTO t VALUES (?1)", blob) } catch {
                            return (size, (error as? DatabaseError)?.code)
                        }
                        return (size, nil)
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.allSatisfy { $0.0 == 10 ? $0.1 == nil : $0.1 == .storage })
            #expect(try await db.integers("SELECT count(*) FROM t") == [60])
            try await db.run("PRAGMA max_page_count = 100000")
            try await db.run("INSERT INTO t VALUES (?1)", .bytes(Array(repeating: 1, count: 1_000_000)))
        }
    }
}
