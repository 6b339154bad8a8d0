// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import TandemData

@Suite("A migration that is cut off was not")
struct MigrationCrashTests {
    private static let files: [(name: String, text: String)] = [
        ("0001_begin", "create table t\n    id integer counted key\n    a text\n    b integer null\n"),
        (
            "0002_rows",
            """
            sql
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
                INSERT INTO t (a, b) SELECT i, i FROM n
            sql down
                DELETE FROM t

            """
        ),
        ("0003_change", "change column t.b text fill 'none'\nadd unique t_a_key on t (a)\n"),
        ("0004_search", "add column t.c text fill (a || b)\nsearch t (a, c)\n"),
        ("0005_names", "rename table t to u\nrename column u.a to z\ndrop column u.b fill '1'\n"),
    ]

    @Test("Killed in the middle of one, the file is as one of them left it, and the rest follows", arguments: 0..<5)
    func killed(after count: Int) async throws {
        let file = try SQLiteFile()
        defer { file.remove() }
        let folder = file.folder.appendingPathComponent("Migrations")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        for (name, text) in Self.files {
            try Data(text.utf8).write(to: folder.appendingPathComponent("\(name).migration"))
        }
        let url = "sqlite:\(file.path)"
        let process = try MigrationProcess(url, folder: folder.path, names: Self.files.map(\.name))
        try process.waitForLines(count)
        process.kill()
        _ = try process.end()

        let db = try Database(url: url)
        let migrator = Migrator(db, folder: folder.path, tables: [])
        let files = try MigrationFolder(path: folder.path).files()
        let applied = try await db.appliedMigrations().map(\.name)
        #expect(applied == Self.files.prefix(applied.count).map(\.name))
        #expect(applied.count >= count)
        #expect(try await db.differences(from: Array(files.prefix(applied.count))) == [])
        #expect(try await db.integrityCheck() == [])
        try await migrator.up()
        #expect(try await db.differences(from: files) == [])
        #expect(try await db.integrityCheck() == [])
        var rows: Int64 = 0
        try await db.run(Statement("SELECT count(*) FROM u JOIN u_search s ON s.rowid = u.id", access: .read)) { row in
            rows = try row.integer()
        }
        #expect(rows == 30_000)
        await db.close()
    }
}
