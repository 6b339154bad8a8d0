// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Database {
    /// Inserts many rows in the fastest way that there is, all or none.
    ///
    /// That is `COPY` on PostgreSQL, one prepared statement on SQLite. Nothing is returned; for the rows themselves
    /// there is `insert`.
    ///
    /// ```swift
    /// try await db.insertAll(records.map { Package.Draft(name: $0.name, size: $0.size) })
    /// ```
    /// - Parameter list: Drafts, or whole models with keys of their own.
    /// - Throws: `DatabaseError` where a rule of the table is broken; what `willInsert` throws.
    public func insertAll<Values: Insertable>(_ list: [Values]) async throws {
        guard !list.isEmpty else { return }
        let groups = try Self.groups(list)
        try await self.transaction { db in
            for group in groups { try await db.insertAll(group.rows, filling: group.columns) }
        }
    }

    /// The rows by the columns that they fill, mostly the same ones: what follows its like is not looked up.
    private static func groups<Values: Insertable>(
        _ list: [Values]
    ) throws -> [(columns: [String], rows: [Values])] {
        var groups: [(columns: [String], rows: [Values])] = []
        var places: [[String]: Int] = [:]
        var place = 0
        for values in list {
            let values = try values.prepared()
            let columns = values.filledColumns
            if groups.isEmpty || groups[place].columns != columns {
                place = places[columns] ?? groups.count
                places[columns] = place
                if place == groups.count { groups.append((columns, [])) }
            }
            groups[place].rows.append(values)
        }
        return groups
    }

    private func insertAll<Values: Insertable>(_ rows: [Values], filling names: [String]) async throws {
        let table = Values.Target.table
        let columns = names.compactMap(table.column)
        guard columns.count == names.count, !columns.isEmpty, let scope = self.openScope else {
            // Rows without a value, which no fast way takes.
            try await self.insert(rows)
            return
        }
        try await scope.insert(into: table, columns: columns, count: rows.count) { index, row in
            rows[index].write(to: &row)
        }
        try await self.countOn(in: table, filling: names)
        if self.observes(table.name) { self.note([RowChange(table.name, .inserted, id: nil)]) }
    }

    /// Has PostgreSQL count its keys up from the greatest that was inserted by hand, and never back to one that it gave
    /// before; SQLite does so by itself.
    func countOn(in table: Table, filling names: [String]) async throws {
        guard self.dialect == .postgreSQL, let key = table.columns.first(where: \.isCounted),
            names.contains(key.name)
        else { return }
        let sql: SQL = """
            SELECT setval(keys, greatest(nextval(keys), (SELECT max(\(name: key.name)) FROM \(name: table.name)))) \
            FROM CAST(pg_get_serial_sequence(\(table.name.quotedName), \(key.name)) AS regclass) AS keys
            """
        try await self.run(sql.statement(.postgreSQL, .write))
    }
}
