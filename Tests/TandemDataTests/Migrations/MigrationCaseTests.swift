// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TestServers
import Testing

@testable import TandemData

@Suite("Migrations meet what is hard")
struct MigrationCaseTests {
    private static func table(_ name: String, to other: String) -> Table {
        var table = Table(name, columns: [Tables.counted], key: ["id"])
        let reference = ColumnReference(other, column: "id", onDelete: .setNull)
        table.columns.append(TableColumn("other_id", .integer, isOptional: true, reference: reference))
        return table
    }

    @Test("Tables that refer to each other in a circle are made, changed and dropped", arguments: Dialect.installed)
    func circle(dialect: Dialect) async throws {
        try await MigrationPlace.opened(dialect) { place in
            var tables = [Self.table("a", to: "b"), Self.table("b", to: "c"), Self.table("c", to: "a")]
            try place.migrator(tables).make("circle")
            try await place.migrator(tables).up()
            #expect(try await place.migrator(tables).check() == [])
            for name in ["a", "b", "c"] { try await place.execute("INSERT INTO \(name) (other_id) VALUES (NULL)") }
            for name in ["a", "b", "c"] { try await place.execute("UPDATE \(name) SET other_id = 1") }
            tables[1].columns.append(TableColumn("n", .integer))
            try place.migrator(tables).make("n", answers: MigrationAnswers(fills: ["b.n": "(other_id + 1)"]))
            try await place.migrator(tables).up()
            #expect(try await place.texts("SELECT n FROM b") == ["2"])
            try await place.execute("DELETE FROM c")
            #expect(try await place.texts("SELECT other_id FROM b") == ["NULL"])
            try place.migrator([]).make("nothing")
            try await place.migrator([]).up()
            #expect(try await place.db.inspectedTables() == [])
            try await place.migrator([]).down(to: "0001_circle")
            #expect(
                try await place.db.differences(from: MigrationFolder(path: place.folder).files().prefix(1).map(\.self))
                    == []
            )
        }
    }

    @Test("The keys of a table change their type, and what refers to them", arguments: Dialect.installed)
    func keyType(dialect: Dialect) async throws {
        try await MigrationPlace.opened(dialect) { place in
            var customers = Table("customers", columns: [TableColumn("id", .integer)], key: ["id"])
            var tickets = Table("tickets", columns: [TableColumn("id", .integer)], key: ["id"])
            tickets.columns.append(
                TableColumn("customer_id", .integer, reference: ColumnReference("customers", column: "id"))
            )
            try place.migrator(customers, tickets).make("begin")
            try await place.migrator(customers, tickets).up()
            try await place.execute("INSERT INTO customers VALUES (7)")
            try await place.execute("INSERT INTO tickets VALUES (1, 7)")
            customers.columns[0].type = .text
            tickets.columns[1].type = .text
            let migrator = place.migrator(customers, tickets)
            try migrator.make("texts")
            try await migrator.up()
            #expect(try await migrator.check() == [])
            #expect(try await place.texts("SELECT customer_id FROM tickets") == ["7"])
            let error = await #expect(throws: DatabaseError.self) { try await place.execute("DELETE FROM customers") }
            #expect(error?.code == .foreignKeyViolation)
            try await migrator.down()
            #expect(try await place.texts("SELECT customer_id FROM tickets") == ["7"])
        }
    }

    @Test("What is no value of the new type stops the migration, and nothing is lost", arguments: Dialect.installed)
    func inconvertible(dialect: Dialect) async throws {
        for (text, type) in [("x", ColumnType.integer), ("x", .uuid), ("x", .timestamp), ("1.2.3", .decimal)] {
            try await MigrationPlace.opened(dialect) { place in
                var table = Table("t", columns: [Tables.counted, TableColumn("a", .text)], key: ["id"])
                try place.migrator(table).make("begin")
                try await place.migrator(table).up()
                try await place.execute("INSERT INTO t (a) VALUES ('\(text)')")
                table.columns[1].type = type
                try place.migrator(table).make("type")
                let error = await #expect(throws: DatabaseError.self, "\(type)") {
                    try await place.migrator(table).up()
                }
                #expect(error?.code == .migration)
                #expect(try await place.texts("SELECT a FROM t") == [text])
                #expect(try await place.migrator(table).status().map(\.state).last == .pending)
            }
        }
    }

    @Test(
        "Rows without a value for a new column stop the migration, and it is said what to write",
        arguments: Dialect.installed
    )
    func unfilled(dialect: Dialect) async throws {
        try await MigrationPlace.opened(dialect) { place in
            var table = Table("t", columns: [Tables.counted], key: ["id"])
            try place.migrator(table).make("begin")
            try await place.migrator(table).up()
            table.columns.append(TableColumn("a", .text))
            try place.migrator(table).make("a", answers: MigrationAnswers(fills: ["t.a": ""]))
            try await place.execute(
                dialect == .sqlite ? "INSERT INTO t DEFAULT VALUES" : "INSERT INTO t VALUES (DEFAULT)"
            )
            let error = await #expect(throws: DatabaseError.self) { try await place.migrator(table).up() }
            #expect(error?.message.contains("write `fill`") == true)
            try await place.execute("DELETE FROM t")
            try await place.migrator(table).up()
            #expect(try await place.migrator(table).check() == [])
        }
    }

    @Test("A database that somebody changed by hand is told from what migrations left", arguments: Dialect.installed)
    func changedByHand(dialect: Dialect) async throws {
        try await MigrationPlace.opened(dialect) { place in
            let migrator = place.migrator(Tables.customers, Tables.tickets)
            try migrator.make("begin")
            try await migrator.up()
            try await place.execute("ALTER TABLE tickets ADD COLUMN note TEXT")
            try await place.execute("DROP INDEX customers_name_key")
            let findings = try await migrator.check()
            #expect(findings.count == 2)
            #expect(findings.contains { $0.hasSuffix("add unique customers_name_key on customers (name)") })
            #expect(findings.contains { $0.hasSuffix("drop column tickets.note") })
        }
    }

    @Test("What a migration's own SQL adds is no mistake", arguments: Dialect.installed)
    func ownSQL(dialect: Dialect) async throws {
        try await MigrationPlace.opened(dialect) { place in
            let migrator = place.migrator(Tables.customers, Tables.tickets)
            try migrator.make("begin")
            try place.edit("0001_begin") {
                $0 + "sql\n    CREATE INDEX by_subject ON tickets (subject)\nsql down\n    SELECT 1\n"
            }
            try await migrator.up()
            #expect(try await migrator.check() == [])
            try await migrator.down()
            #expect(try await place.db.inspectedTables() == [])
        }
    }

    #if os(Linux) && PostgreSQL
    @Test("No time-out cuts a migration off", .enabled(if: PostgreSQLServer.isInstalled))
    func longerThanStatements() async throws {
        try await MigrationPlace.opened(.postgreSQL) { place in
            try place.write("0001_slow", "sql\n    SELECT pg_sleep(2)\nsql down\n    SELECT 1\n")
            var settings = DatabaseSettings(url: place.url)
            settings.postgreSQL.statementTimeout = .milliseconds(200)
            let db = try Database(settings)
            #expect(try await Migrator(db, folder: place.folder, models: []).up() == ["0001_slow"])
            await db.close()
        }
    }
    #endif

    @Test("A search on rows with other keys than numbers survives the compaction of the file")
    func searchWithTextKeys() async throws {
        try await MigrationPlace.opened { place in
            var table = Table("t", columns: [TableColumn("code", .text), TableColumn("body", .text)], key: ["code"])
            let plain = place.migrator(table)
            try plain.make("begin")
            try await plain.up()
            try await place.execute("INSERT INTO t VALUES ('a', 'fire'), ('b', 'water'), ('c', 'more fire')")
            table.searched = ["body"]
            let migrator = place.migrator(table)
            try migrator.make("search")
            try await migrator.up()
            #expect(try await migrator.check() == [])
            try await place.execute("DELETE FROM t WHERE code = 'a'")
            try await place.execute("VACUUM")
            let found = "SELECT code FROM t JOIN t_search s ON s.rowid = t.rowid WHERE t_search MATCH 'fire'"
            #expect(try await place.texts(found) == ["c"])
            let error = await #expect(throws: DatabaseError.self) {
                try await place.execute("INSERT INTO t (code, body) VALUES ('c', '')")
            }
            #expect(error?.code == .uniqueViolation)
            try await migrator.down()
            #expect(try await place.texts("SELECT code FROM t ORDER BY code") == ["b", "c"])
            #expect(try await place.columns(of: "t") == ["code", "body"])
        }
    }
}
