// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemData

@Suite("Whatever the models become, migrations lead there and back")
struct MigrationPropertyTests {
    static var rounds: [(Dialect, UInt64)] {
        (1...12).map { (.sqlite, $0) }
            + (Dialect.installed.contains(.postgreSQL) ? (1...4).map { (.postgreSQL, $0) } : [])
    }

    @Test(
        "After each migration the database is as the models say, up and down, and every row is there",
        arguments: rounds
    )
    func thereAndBack(dialect: Dialect, seed: UInt64) async throws {
        try await MigrationPlace.opened(dialect) { place in
            var schema = RandomSchema(seed: seed)
            var states: [SchemaState] = []
            // The tables that got a row at the beginning, and were never dropped.
            var kept: Set<String> = []
            for step in 0..<8 {
                if step > 0 { schema.change() }
                let migrator = place.migrator(schema.tables)
                let answers = MigrationAnswers(drops: states.last?.everyName ?? [], ask: { _ in "" })
                guard let made = try migrator.make("step", answers: answers) else { continue }
                do {
                    try await migrator.up()
                } catch {
                    let cause = (error as? DatabaseError)?.cause
                    Issue.record("Step \(step): \(error)\n\(made.text)\n\(String(describing: cause))")
                    return
                }
                #expect(try await migrator.check() == [], "\(made.text)")
                try await self.compare(place, with: SchemaState(schema.tables), kept, made.text)
                let names = Set(schema.tables.map(\.name))
                if states.isEmpty {
                    try await self.fill(place, schema.tables)
                    kept = names
                }
                kept.formIntersection(names)
                states.append(try SchemaState(schema.tables))
            }
            try await self.undo(place, states, kept)
        }
    }

    /// Goes back to the first, where the rows that began there still are, and to the last again.
    private func undo(_ place: MigrationPlace, _ states: [SchemaState], _ kept: Set<String>) async throws {
        let migrator = place.migrator([])
        let names = try await migrator.status().map(\.name)
        for (name, state) in zip(names, states).dropLast().reversed() {
            try await migrator.down(to: name)
            try await self.compare(place, with: state, kept, "down to \(name)")
        }
        try await migrator.up()
        if let last = states.last { try await self.compare(place, with: last, kept, "up again") }
        if place.db.dialect == .sqlite { #expect(try await place.db.integrityCheck() == []) }
        try await migrator.down(to: names.first)
        try await migrator.down()
        #expect(try await place.db.inspectedTables() == [])
    }

    private func compare(
        _ place: MigrationPlace,
        with target: SchemaState,
        _ kept: Set<String>,
        _ what: String
    ) async throws {
        let found = try await place.db.inspectedTables()
        #expect(found.flatMap(\.notes) == [], "\(what)")
        let tables = found.map(\.table)
        for table in tables where table.sortedForComparison != target.tables[table.name]?.sortedForComparison {
            Issue.record("\(what)\n\(table)\n\(String(describing: target.tables[table.name]))")
        }
        #expect(tables.map(\.name).sorted() == target.sorted.map(\.name), "\(what)")
        for table in tables where kept.contains(table.name) {
            #expect(try await place.texts("SELECT title FROM \(table.name.quotedName)") == ["Title"], "\(what)")
        }
    }

    /// A row in each table of the first state.
    private func fill(_ place: MigrationPlace, _ tables: [Table]) async throws {
        for table in tables {
            let names = table.columns[0].isCounted ? "title" : "id, title"
            let key = table.columns[0].type == .uuid ? "'00000000-0000-7000-8000-000000000001'" : "7"
            let values = table.columns[0].isCounted ? "'Title'" : "\(key), 'Title'"
            try await place.execute("INSERT INTO \(table.name.quotedName) (\(names)) VALUES (\(values))")
        }
    }
}

extension SchemaState {
    /// All tables and columns, none of which gets another name.
    fileprivate var everyName: Set<String> {
        Set(self.sorted.flatMap { table in [table.name] + table.columns.map { "\(table.name).\($0.name)" } })
    }
}

extension Table {
    /// Columns, indexes and rules in an order that does not depend on history.
    fileprivate var sortedForComparison: Table {
        var table = self.normalized
        table.columns.sort { $0.name < $1.name }
        table.indexes.sort { $0.name < $1.name }
        table.checks.sort { $0.name < $1.name }
        return table
    }
}
