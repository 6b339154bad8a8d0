// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A table that is made once more, as sqlite.org/lang_altertable.html tells: a table of another name takes the rows,
/// the old one is dropped, the other takes its name.
///
/// References must not be enforced meanwhile: dropping the old table would delete the rows that name its rows.
struct SQLiteRebuild {
    private let before: Table
    private var after: Table
    /// What each column of the new table is copied from.
    private var sources: [String: String] = [:]
    /// The columns that have no value for rows that are there.
    private var unfilled: [String] = []

    init(of table: Table, by operations: [MigrationOperation]) throws(DatabaseError) {
        self.before = table
        self.after = table
        for column in table.columns { self.sources[column.name] = column.name.quotedName }
        for operation in operations {
            switch operation {
            case .addColumn(let column, _, let fill): self.add(column, fill)
            case .dropColumn(let name, _, _): self.sources[name] = nil
            case .changeColumn(let column, _, let fill): try self.change(column, fill)
            default: break
            }
            try self.after.apply(operation)
        }
    }

    private mutating func add(_ column: TableColumn, _ fill: ColumnFill?) {
        let value = Dialect.sqlite.fill(fill, of: column)
        if value == nil, !column.isOptional, column.generated == nil, !column.isCounted {
            self.unfilled.append(column.name)
        }
        self.sources[column.name] = value ?? "NULL"
    }

    private mutating func change(_ column: TableColumn, _ fill: ColumnFill?) throws(DatabaseError) {
        guard let old = self.after.column(column.name), let source = self.sources[column.name] else {
            throw .migration("There is no column \"\(self.after.name).\(column.name)\".")
        }
        guard let value = ColumnConversion(old: old.type, type: column.type).sql(source, .sqlite) else {
            throw .inconvertible(column, of: self.after.name, from: old.type)
        }
        let mayBeNull = old.isOptional && !column.isOptional
        let filled = mayBeNull ? Dialect.sqlite.fill(fill, of: column).map { "coalesce(\(value), \($0))" } : nil
        self.sources[column.name] = filled ?? value
    }

    var actions: [MigrationAction] {
        let name = self.before.name
        let temporary = "tandem_rebuild_\(name)"
        let copied = self.after.columns.filter { $0.generated == nil && !self.isKeyToCount($0) }
        let values = copied.map { self.sources[$0.name] ?? "NULL" }.joined(separator: ", ")
        var statements = self.before.searchRemoval
        statements.append(self.after.sqliteCreation(as: temporary))
        statements.append(
            "INSERT INTO \(temporary.quotedName) (\(copied.map(\.name).quotedSQLNames)) "
                + "SELECT \(values) FROM \(name.quotedName)"
        )
        if self.before.columns.contains(where: \.isCounted), self.after.columns.contains(where: \.isCounted) {
            // Keys that were used once are not used again, though their rows are gone.
            statements.append("DELETE FROM sqlite_sequence WHERE name = \(temporary.quotedSQLString)")
            statements.append(
                "INSERT INTO sqlite_sequence (name, seq) SELECT \(temporary.quotedSQLString), seq "
                    + "FROM sqlite_sequence WHERE name = \(name.quotedSQLString)"
            )
        }
        statements.append("DROP TABLE \(name.quotedName)")
        statements.append("ALTER TABLE \(temporary.quotedName) RENAME TO \(name.quotedName)")
        statements += self.after.indexes.map { $0.creation(on: name) } + self.after.searchCreation
        let requirements = self.unfilled.map { MigrationAction.requireFill(of: $0, in: name) }
        return requirements + [.rebuild(table: name, statements)]
    }

    /// A counted key that is added gets its numbers from the database.
    private func isKeyToCount(_ column: TableColumn) -> Bool {
        column.isCounted && self.before.column(column.name) == nil
    }
}

extension MigrationAction {
    static func requireFill(of column: String, in table: String) -> MigrationAction {
        .requireEmpty(
            table: table,
            orElse: "The rows of \"\(table)\" have no value for \"\(column)\", which cannot be NULL: "
                + "write `fill` and a value behind the column in the migration."
        )
    }
}

extension DatabaseError {
    static func inconvertible(_ column: TableColumn, of table: String, from old: ColumnType) -> DatabaseError {
        .migration(
            "The values of \"\(table).\(column.name)\" are of the type \(old.rawValue), which does not become "
                + "\(column.type.rawValue) by itself: add a column of another name, fill it by a `sql` step, "
                + "drop the old one and rename the other."
        )
    }
}
