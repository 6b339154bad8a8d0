// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Testing

@testable import TandemData

@Suite("Migrations bring a database to what the models say, with its rows")
struct MigratorTests {
    /// A database with a customer and two tickets, at the first migration.
    private func begin(_ place: MigrationPlace) async throws {
        let migrator = place.migrator(Tables.customers, Tables.tickets)
        try migrator.make("create_tickets")
        #expect(try await migrator.up() == ["0001_create_tickets"])
        try await place.execute("INSERT INTO customers (name) VALUES ('Ada')")
        try await place.execute("INSERT INTO tickets (subject, customer_id) VALUES ('Fire', 1), ('Water', 1)")
    }

    @Test("The first one creates the tables, and there is nothing more to do then", arguments: Dialect.installed)
    func first(dialect: Dialect) async throws {
        try await MigrationPlace.opened(dialect) { place in
            let migrator = place.migrator(Tables.customers, Tables.tickets)
            let made = try #require(try migrator.make("create tickets!"))
            #expect(made.path.hasSuffix("/0001_create_tickets.migration"))
            #expect(made.text.hasPrefix("create table customers\n    id integer counted key\n"))
            #expect(try migrator.make("again") == nil)
            #expect(try await migrator.status().map(\.state) == [.pending])
            #expect(try await migrator.check().count == 1)
            #expect(try await migrator.plan().contains("CREATE TABLE \"tickets\""))
            try await migrator.up()
            #expect(try await migrator.up() == [])
            #expect(try await migrator.check() == [])
            #expect(try await migrator.plan() == "")
        }
    }

    @Test(
        "A column can be added, changed, renamed and dropped, up and down, and no row is lost",
        arguments: Dialect.installed
    )
    func columns(dialect: Dialect) async throws {
        try await MigrationPlace.opened(dialect) { place in
            try await self.begin(place)
            var tickets = Tables.tickets
            tickets.columns.append(TableColumn("priority", .text, defaultValue: .text(value: "normal")))
            tickets.columns.append(TableColumn("stars", .integer))
            let added = place.migrator(Tables.customers, tickets)
            #expect(throws: DatabaseError.self) { try added.make("priority") }
            try added.make("priority", answers: MigrationAnswers(fills: ["tickets.stars": "3"]))
            try await added.up()
            #expect(
                try await place.texts("SELECT priority || stars FROM tickets ORDER BY id") == ["normal3", "normal3"]
            )

            tickets.columns[1].name = "title"
            tickets.columns[4] = TableColumn("stars", .text, isOptional: true)
            let changed = place.migrator(Tables.customers, tickets)
            try changed.make("title", answers: MigrationAnswers(renames: ["tickets.subject": "title"]))
            try await changed.up()
            #expect(try await place.texts("SELECT title || stars FROM tickets ORDER BY id") == ["Fire3", "Water3"])

            tickets.columns.removeAll { $0.name == "priority" }
            let dropped = place.migrator(Tables.customers, tickets)
            try dropped.make("no priority")
            try await dropped.up()
            #expect(
                try await place.columns(of: "tickets").contains("priority") == false
            )

            #expect(try await dropped.down(to: "0001_create_tickets").count == 3)
            #expect(try await place.texts("SELECT subject FROM tickets ORDER BY id") == ["Fire", "Water"])
            #expect(
                try await place.columns(of: "tickets") == [
                    "id", "subject", "customer_id",
                ]
            )
            #expect(try await dropped.up().count == 3)
            #expect(try await place.texts("SELECT title FROM tickets ORDER BY id") == ["Fire", "Water"])
            if dialect == .sqlite { #expect(try await place.db.integrityCheck() == []) }
        }
    }

    @Test("A table that others refer to is made anew without losing them, nor views, triggers and the count of keys")
    func rebuild() async throws {
        try await MigrationPlace.opened { place in
            try await self.begin(place)
            try await place.execute("INSERT INTO customers (name) VALUES ('gone')")
            try await place.execute("DELETE FROM customers WHERE name = 'gone'")
            try await place.execute("CREATE VIEW names AS SELECT name FROM customers")
            try await place.execute("CREATE TABLE log (what TEXT)")
            try await place.execute(
                "CREATE TRIGGER noted AFTER INSERT ON customers BEGIN INSERT INTO log VALUES (new.name); END"
            )
            var customers = Tables.customers
            customers.checks = [TableCheck("length(name) > 1", of: "customers", named: "name")]
            let migrator = place.migrator(customers, Tables.tickets)
            try migrator.make("check names")
            try await migrator.up()
            #expect(try await place.texts("SELECT count(*) FROM tickets") == ["2"])
            #expect(try await place.texts("SELECT name FROM names") == ["Ada"])
            try await place.execute("INSERT INTO customers (name) VALUES ('Bob')")
            #expect(try await place.texts("SELECT id FROM customers WHERE name = 'Bob'") == ["3"])
            #expect(try await place.texts("SELECT what FROM log") == ["Bob"])
            let broken = await #expect(throws: DatabaseError.self) {
                try await place.execute("INSERT INTO customers (name) VALUES ('x')")
            }
            #expect(broken?.code == .checkViolation)
            try await place.execute("DELETE FROM customers WHERE name = 'Ada'")
            #expect(try await place.texts("SELECT count(*) FROM tickets") == ["0"])
        }
    }

    @Test("A full-text search begins with the rows that are there, follows them, and ends")
    func search() async throws {
        try await MigrationPlace.opened { place in
            try await self.begin(place)
            var tickets = Tables.tickets
            tickets.searched = ["subject"]
            let migrator = place.migrator(Tables.customers, tickets)
            try migrator.make("search")
            try await migrator.up()
            let found = "SELECT rowid FROM tickets_search WHERE tickets_search MATCH 'fire'"
            #expect(try await place.texts(found) == ["1"])
            try await place.execute("UPDATE tickets SET subject = 'no more' WHERE id = 1")
            #expect(try await place.texts(found) == [])
            try await migrator.down()
            #expect(
                try await place.texts("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'tickets_search%'") == ["0"]
            )
        }
    }

    @Test("One that fails leaves nothing of itself, and those before it", arguments: Dialect.installed)
    func failure(dialect: Dialect) async throws {
        try await MigrationPlace.opened(dialect) { place in
            try await self.begin(place)
            var tickets = Tables.tickets
            tickets.columns.append(TableColumn("note", .text, isOptional: true))
            let migrator = place.migrator(Tables.customers, tickets)
            try migrator.make("note")
            try place.edit("0002_note") { $0 + "sql\n    UPDATE tickets SET note = nothing_like_that\n" }
            let error = await #expect(throws: DatabaseError.self) { try await migrator.up() }
            #expect(error?.code == .migration)
            #expect(error?.message.hasPrefix("0002_note could not be applied") == true)
            #expect(try await place.columns(of: "tickets").contains("note") == false)
            #expect(try await migrator.status().map(\.name) == ["0001_create_tickets", "0002_note"])
            try place.edit("0002_note") { $0.replacing("nothing_like_that", with: "subject") }
            try await migrator.up()
            #expect(try await place.texts("SELECT note FROM tickets ORDER BY id") == ["Fire", "Water"])
            let irreversible = await #expect(throws: DatabaseError.self) { try await migrator.down() }
            #expect(irreversible?.message.contains("sql down") == true)
        }
    }

    @Test("A file that was changed or removed after it was applied is noticed", arguments: Dialect.installed)
    func tampering(dialect: Dialect) async throws {
        try await MigrationPlace.opened(dialect) { place in
            try await self.begin(place)
            let migrator = place.migrator(Tables.customers, Tables.tickets)
            try place.edit("0001_create_tickets") { "-- The beginning.\n" + $0 }
            #expect(try await migrator.status().map(\.state) == [.changed])
            await #expect(throws: DatabaseError.self) { try await migrator.up() }
            try place.edit("0001_create_tickets") { String($0.dropFirst("-- The beginning.\n".count)) }
            #expect(try await migrator.check() == [])
            try FileManager.default.removeItem(atPath: "\(place.folder)/0001_create_tickets.migration")
            #expect(try await migrator.status().map(\.state) == [.missing])
            #expect(try await migrator.check().count == 2)
        }
    }

    @Test("Of several who migrate at once each migration is applied by one", arguments: Dialect.installed)
    func together(dialect: Dialect) async throws {
        try await MigrationPlace.opened(dialect) { place in
            let migrator = place.migrator(Tables.customers, Tables.tickets)
            try migrator.make("create")
            let done = try await withThrowingTaskGroup { group in
                for _ in 0..<10 { group.addTask { try await migrator.up() } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(done == ["0001_create"])
        }
    }

    @Test("Tables can be made without files, and are left where they are there", arguments: Dialect.installed)
    func withoutFiles(dialect: Dialect) async throws {
        try await MigrationPlace.opened(dialect) { place in
            try await place.db.createTables(for: [Box.self, Item.self])
            let box = try await place.db.insert(Box.Draft(label: "a"))
            try await place.db.createTables(for: [Item.self, Box.self])
            #expect(try await place.db.find(Box.self, box.id) == box)
        }
    }
}
