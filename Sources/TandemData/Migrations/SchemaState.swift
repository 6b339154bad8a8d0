// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Tables by their names: as the models describe them, as migrations leave them, or as a database has them.
struct SchemaState: Hashable {
    private(set) var tables: [String: Table] = [:]

    init() {}

    /// A state of tables.
    ///
    /// - Throws: `DatabaseError` where two have one name, or one is no table that both databases can hold.
    init(_ tables: [Table]) throws(DatabaseError) {
        for table in tables { try self.apply(.createTable(table)) }
        try self.validate()
    }

    /// Checks that both databases can hold the tables, and that what they refer to is there.
    func validate() throws(DatabaseError) {
        for table in self.sorted {
            try table.validate()
            for column in table.columns {
                guard let reference = column.reference, let target = self.tables[reference.table] else {
                    guard let reference = column.reference else { continue }
                    throw .migration(
                        "\"\(table.name).\(column.name)\" refers to the table \"\(reference.table)\", which is not there."
                    )
                }
                guard target.column(reference.column)?.type == column.type else {
                    throw .migration(
                        "\"\(table.name).\(column.name)\" refers to \"\(target.name).\(reference.column)\", "
                            + "which is not there or is of another type."
                    )
                }
            }
        }
    }

    /// The tables by name.
    var sorted: [Table] { self.tables.values.sorted { $0.name < $1.name } }

    /// The columns that refer to a table, but its own.
    func references(to name: String) -> [(table: Table, column: TableColumn)] {
        self.sorted.filter { $0.name != name }.flatMap { table in
            table.columns.filter { $0.reference?.table == name }.map { (table, $0) }
        }
    }

    func table(_ name: String) throws(DatabaseError) -> Table {
        guard let table = self.tables[name] else { throw .migration("There is no table \"\(name)\".") }
        return table
    }

    /// Does what an operation says.
    ///
    /// - Throws: `DatabaseError` where it speaks of what is not there, or would leave what cannot be.
    mutating func apply(_ operation: MigrationOperation) throws(DatabaseError) {
        switch operation {
        case .createTable(let table):
            guard self.tables[table.name] == nil else { throw .migration("There are two tables \"\(table.name)\".") }
            self.tables[table.name] = table.normalized
        case .dropTable(let name):
            _ = try self.table(name)
            self.tables[name] = nil
        case .renameTable(let old, let name):
            try self.rename(table: old, to: name)
        case .renameColumn(let old, let table, let name):
            try self.rename(column: old, of: table, to: name)
        case .sql: break
        default:
            guard let name = operation.changedTable else { return }
            var table = try self.table(name)
            try table.apply(operation)
            self.tables[name] = table.normalized
        }
    }

    mutating func apply(_ operations: [MigrationOperation]) throws(DatabaseError) {
        for operation in operations { try self.apply(operation) }
    }

    private mutating func rename(table old: String, to name: String) throws(DatabaseError) {
        var table = try self.table(old)
        guard self.tables[name] == nil else { throw .migration("There is a table \"\(name)\" already.") }
        self.tables[old] = nil
        table.name = name
        self.tables[name] = table
        self.eachReference { if $0.table == old { $0.table = name } }
    }

    private mutating func rename(column old: String, of name: String, to new: String) throws(DatabaseError) {
        var table = try self.table(name)
        guard table.column(old) != nil else { throw .migration("There is no column \"\(name).\(old)\".") }
        guard table.column(new) == nil else { throw .migration("There is a column \"\(name).\(new)\" already.") }
        table.rename(column: old, to: new)
        self.tables[name] = table
        self.eachReference { if $0.table == name, $0.column == old { $0.column = new } }
    }

    private mutating func eachReference(_ change: (inout ColumnReference) -> Void) {
        for name in self.tables.keys {
            for index in self.tables[name]?.columns.indices ?? 0..<0 {
                guard var reference = self.tables[name]?.columns[index].reference else { continue }
                change(&reference)
                self.tables[name]?.columns[index].reference = reference
            }
        }
    }
}

extension DatabaseError {
    static func migration(_ message: String, cause: (any Error)? = nil) -> DatabaseError {
        DatabaseError(.migration, message, cause: cause)
    }
}
