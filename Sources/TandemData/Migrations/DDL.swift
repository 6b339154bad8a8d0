// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// One thing that a migration does in a database.
enum MigrationAction: Hashable {
    case statement(String)
    /// Makes a table once more where SQLite cannot change it; views and triggers that speak of it are kept.
    case rebuild(table: String, [String])
    /// Refuses to go on if a table holds rows.
    case requireEmpty(table: String, orElse: String)

    /// The SQL, for people.
    var text: String {
        switch self {
        case .statement(let text): "\(text);"
        case .rebuild(_, let statements): statements.map { "\($0);" }.joined(separator: "\n")
        case .requireEmpty(let table, _): "-- Only if \(table) is empty:"
        }
    }
}

extension Dialect {
    /// What some operations do in a database of this dialect.
    ///
    /// - Parameters:
    ///   - operations: The operations.
    ///   - state: The tables before them.
    /// - Returns: What to do, in order.
    /// - Throws: `DatabaseError` where they do not fit the state, or cannot be done.
    func actions(
        for operations: [MigrationOperation],
        from state: SchemaState
    ) throws(DatabaseError) -> [MigrationAction] {
        var state = state
        return switch self {
        case .sqlite: try SQLiteDDL.actions(for: operations, from: &state)
        case .postgreSQL: try PostgreSQLDDL.actions(for: operations, from: &state)
        }
    }

    /// A value as SQL has it.
    func literal(_ value: ColumnDefault, as type: ColumnType) -> String {
        switch (self, value) {
        case (.sqlite, .boolean(let value)): value ? "1" : "0"
        case (.postgreSQL, .boolean(let value)): value ? "true" : "false"
        case (.sqlite, .integer(let value)) where type == .decimal: "'\(value)'"
        case (.sqlite, .double(let value)) where type == .decimal: "'\(value)'"
        case (_, .integer(let value)): "\(value)"
        case (_, .double(let value)): "\(value)"
        case (.sqlite, .text(let value)), (.sqlite, .json(let value)): value.quotedSQLString
        case (.postgreSQL, .text(let value)), (.postgreSQL, .json(let value)):
            "\(value.quotedSQLString)::\(type.postgreSQLName)"
        case (.sqlite, .now): "(strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'))"
        case (.postgreSQL, .now): "now()"
        }
    }

    /// What rows that are there get: the fill, or else the default.
    func fill(_ fill: ColumnFill?, of column: TableColumn) -> String? {
        switch fill {
        case .formula(let formula): "(\(formula))"
        case .value(.text(let value)) where self == .sqlite:
            // Checked, and brought into its form, as if it came from a column of texts.
            ColumnConversion(old: .text, type: column.type).sql(value.quotedSQLString, self)
        case .value(let value): self.literal(value, as: column.type)
        case nil: column.defaultValue.map { self.literal($0, as: column.type) }
        }
    }

    /// The statements of SQL that people wrote, as far as they are for going up and for this database.
    func statements(of step: SQLStep) -> [String] {
        step.isDown || step.dialect.map { $0 != self } ?? false ? [] : SQLScript(step.text, self).statements
    }
}

extension [String] {
    /// Names in SQL, between commas.
    var quotedSQLNames: String { self.map(\.quotedName).joined(separator: ", ") }
}

extension ColumnReference {
    /// The rule as SQL says it.
    var clause: String {
        "REFERENCES \(self.table.quotedName) (\(self.column.quotedName)) "
            + "ON DELETE \(self.onDelete.words.uppercased())"
    }
}

extension TableIndex {
    /// The statement that makes the index.
    func creation(on table: String) -> String {
        "CREATE \(self.isUnique ? "UNIQUE " : "")INDEX \(self.name.quotedName) ON \(table.quotedName) "
            + "(\(self.columns.quotedSQLNames))"
    }
}

extension TableCheck {
    /// The rule within `CREATE TABLE`.
    var clause: String { "CONSTRAINT \(self.name.quotedName) CHECK (\(self.rule))" }
}

extension String {
    /// A name of at most 63 bytes, as PostgreSQL holds; a longer one ends in digits that tell it from its like.
    var databaseName: String {
        guard self.utf8.count > 63 else { return self }
        var start = ""
        for character in self where start.utf8.count + character.utf8.count <= 54 { start.append(character) }
        return "\(start)_\(FNV1a(self).digits.prefix(8))"
    }
}
