// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestServers
import Testing

@testable import TandemData

@Suite("Several processes that migrate one database do not get in each other's way")
struct MigrationProcessTests {
    private static let files: [(name: String, text: String)] = [
        ("0001_begin", "create table t\n    id integer counted key\n    a text\n    b integer null\n"),
        ("0002_rows", Self.rows),
        ("0003_change", "change column t.b text fill 'none'\nadd unique t_a_key on t (a)\n"),
        ("0004_column", "add column t.c text fill (a || b)\nrename column t.a to z\n"),
    ]

    private static let rows = """
        sql for sqlite
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
            INSERT INTO t (a, b) SELECT i, i FROM n
        sql for postgresql
            INSERT INTO t (a, b) SELECT i, i FROM generate_series(1, 20000) i
        sql down
            DELETE FROM t

        """

    private static var names: [String] { Self.files.map(\.name) }

    /// Runs a test on a database that other processes can reach too, with the files in a folder.
    private func run(_ dialect: Dialect, _ body: (MigrationPlace) async throws -> Void) async throws {
        try await MigrationPlace.opened(dialect, isShared: true) { place in
            for (name, text) in Self.files { try place.write(name, text) }
            try await body(place)
        }
    }

    /// Checks that everything was applied, and whole.
    private func expectWhole(_ place: MigrationPlace) async throws {
        #expect(try await place.db.appliedMigrations().map(\.name) == Self.names)
        #expect(try await place.db.differences(from: MigrationFolder(path: place.folder).files()) == [])
        let rows = try await place.texts("SELECT count(*) || ' ' || count(DISTINCT z) FROM t WHERE c = z || b")
        #expect(rows == ["20000 20000"])
        if place.db.dialect == .sqlite { #expect(try await place.db.integrityCheck() == []) }
    }

    @Test("Each migration is applied by one of three processes, and the others wait", arguments: Dialect.installed)
    func together(dialect: Dialect) async throws {
        try await self.run(dialect) { place in
            let processes = try (0..<3).map { _ in
                try MigrationProcess(place.url, folder: place.folder, names: Self.names)
            }
            let ends = try processes.map { try $0.end() }
            #expect(ends.map(\.error) == ["", "", ""])
            #expect(ends.flatMap(\.applied).sorted() == Self.names)
            try await self.expectWhole(place)
        }
    }

    @Test(
        "One is killed somewhere: the other goes on where it was, and nothing is there by half",
        arguments: Dialect.installed,
        0..<3
    )
    func killed(dialect: Dialect, after count: Int) async throws {
        try await self.run(dialect) { place in
            let first = try MigrationProcess(place.url, folder: place.folder, names: Self.names)
            let second = try MigrationProcess(place.url, folder: place.folder, names: Self.names)
            try first.waitForLines(count)
            first.kill()
            _ = try first.end()
            #expect(try second.end().error == "")
            try await self.expectWhole(place)
        }
    }

    #if os(Linux) && PostgreSQL
    @Test(
        "One is killed in a long statement: the server notices, and the other begins that migration once more",
        .enabled(if: PostgreSQLServer.isInstalled)
    )
    func killedInStatement() async throws {
        try await self.run(.postgreSQL) { place in
            // The first who comes here stays for long.
            try await place.execute("CREATE SEQUENCE visits")
            let wait = "SELECT pg_sleep(CASE WHEN nextval('visits') = 1 THEN 60 ELSE 0 END)"
            try place.edit("0003_change") { $0 + "sql\n    \(wait)\nsql down\n    SELECT 1\n" }
            let first = try MigrationProcess(place.url, folder: place.folder, names: Self.names)
            try await self.waitForOne(place, "query LIKE 'SELECT pg_sleep(CASE%' AND state = 'active'")
            let second = try MigrationProcess(place.url, folder: place.folder, names: Self.names)
            try await self.waitForOne(place, "wait_event_type = 'Lock' AND wait_event = 'advisory'")
            first.kill()
            #expect(try first.end().applied == ["0001_begin", "0002_rows"])
            let start = ContinuousClock.now
            let (applied, error) = try second.end()
            #expect(error == "")
            #expect(applied == ["0003_change", "0004_column"])
            #expect(.now - start < .seconds(20), "the lock goes with the process, not with the statement")
            try await self.expectWhole(place)
        }
    }

    /// Waits until one other connection to the database is as said.
    private func waitForOne(_ place: MigrationPlace, _ condition: String) async throws {
        let query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND \(condition)"
        try await poll { try await place.texts(query) == ["1"] }
    }
    #endif
}
