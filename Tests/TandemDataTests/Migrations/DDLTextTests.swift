// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import TandemData

/// A step of a migration and the SQL that it becomes, as `DDL.txt` has it.
struct DDLCase: CustomTestStringConvertible {
    /// Which tables there are before it.
    let place: String
    let step: String
    var sql: [Dialect: String] = [:]

    var testDescription: String { self.step }

    static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("DDL.txt")

    /// The cases of the file: behind `==== PLACE` the step, behind `---- sqlite` and `---- postgreSQL` the SQL.
    static let all: [DDLCase] = {
        let text = (try? String(contentsOf: Self.file, encoding: .utf8)) ?? ""
        return text.split(separator: "==== ").map { entry in
            let parts = entry.split(separator: "---- ").map { part in
                let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(lines[0]), lines.dropFirst().joined().trimmingCharacters(in: .newlines))
            }
            var example = DDLCase(place: parts[0].0, step: parts[0].1)
            for (name, sql) in parts.dropFirst() {
                if let dialect = Dialect(rawValue: name) { example.sql[dialect] = sql }
            }
            return example
        }
    }()

    /// The migration before it.
    var before: String {
        switch self.place {
        case "tables": Self.tables
        case "search": Self.tables + "search a (name)\n"
        case "words": "create table words\n    id integer key\n    length text\n    check rule (length(length) > 0)\n"
        default: ""
        }
    }

    private static let tables = """
        create table a
            id integer counted key
            name text
            size integer null default 1
            twice integer null generated (size * 2)
            index a_name_index (name)
            check a_name_check (name <> '')
        create table b
            id uuid key
            a_id integer references a (id) on delete cascade
            code integer null default 7

        """
}

@Suite("Each step of a migration becomes the SQL of DDL.txt")
struct DDLTextTests {
    @Test("The text is that of the file", arguments: DDLCase.all, Dialect.allCases)
    func text(of example: DDLCase, dialect: Dialect) throws {
        let before = try [MigrationFile(name: "0001", text: example.before)].replayed()
        let operations = try MigrationFile(name: "0002", text: example.step).operations
        let text = try dialect.actions(for: operations, from: before).map(\.text).joined(separator: "\n")
        #expect(text == example.sql[dialect])
    }

    @Test("It runs, and leaves what the migrations say; and so does what undoes it", arguments: Dialect.installed)
    func effect(dialect: Dialect) async throws {
        try #require(DDLCase.all.count > 40)
        try await MigrationPlace.opened(dialect) { place in
            for example in DDLCase.all {
                try place.write("0001_before", example.before)
                try place.write("0002_step", example.step)
                let migrator = place.migrator()
                let files = try MigrationFolder(path: place.folder).files()
                try await migrator.up()
                #expect(try await place.db.differences(from: files) == [], "\(example.step)")
                try await migrator.down()
                #expect(try await place.db.differences(from: [files[0]]) == [], "\(example.step)")
                try await migrator.down()
            }
        }
    }
}
