// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What operations do on SQLite.
///
/// What `ALTER TABLE` cannot do there is done by making the table once more: several changes of a table that follow
/// each other by one such rebuild.
enum SQLiteDDL {
    static func actions(
        for operations: [MigrationOperation],
        from state: inout SchemaState
    ) throws(DatabaseError) -> [MigrationAction] {
        var actions: [MigrationAction] = []
        var rest = operations[...]
        while let operation = rest.first {
            let group = Self.group(rest)
            if let name = operation.changedTable, group.count > 0 {
                let before = try state.table(name)
                if try Self.needRebuild(group, of: before) {
                    let rebuild = try SQLiteRebuild(of: before, by: Array(group))
                    try state.apply(Array(group))
                    actions += rebuild.actions
                    rest = rest.dropFirst(group.count)
                    continue
                }
            }
            actions += try Self.statements(for: operation, in: state).map(MigrationAction.statement)
            try state.apply(operation)
            rest = rest.dropFirst()
        }
        return actions
    }

    /// The changes of one table that follow each other at the start; renaming a column is not among them, as SQLite
    /// itself then changes what else speaks of it.
    private static func group(_ operations: ArraySlice<MigrationOperation>) -> ArraySlice<MigrationOperation> {
        let table = operations.first?.changedTable
        return operations.prefix { operation in
            if case .renameColumn = operation { return false }
            return operation.changedTable != nil && operation.changedTable == table
        }
    }

    private static func needRebuild(
        _ operations: ArraySlice<MigrationOperation>,
        of table: Table
    ) throws(DatabaseError) -> Bool {
        var after = table
        for operation in operations {
            switch operation {
            case .addColumn(let column, _, let fill):
                let isSimple =
                    column.generated == nil && !column.isCounted && column.defaultValue != .now && fill == nil
                    && (column.isOptional || column.defaultValue != nil)
                    && (column.reference == nil || column.defaultValue == nil)
                if !isSimple { return true }
            case .dropColumn, .changeColumn, .changeKey, .addCheck, .dropCheck: return true
            default: break
            }
            try after.apply(operation)
        }
        return after.needsRowID != table.needsRowID
    }

    /// What an operation does that needs no rebuild.
    private static func statements(
        for operation: MigrationOperation,
        in state: SchemaState
    ) throws(DatabaseError) -> [String] {
        switch operation {
        case .createTable(let table):
            return [table.sqliteCreation()] + table.indexes.map { $0.creation(on: table.name) } + table.searchCreation
        case .dropTable(let name):
            let table = try state.table(name)
            return table.searchRemoval + ["DROP TABLE \(name.quotedName)"]
        case .renameTable(let old, let name):
            var table = try state.table(old)
            let removal = table.searchRemoval
            table.name = name
            return removal + ["ALTER TABLE \(old.quotedName) RENAME TO \(name.quotedName)"] + table.searchCreation
        case .renameColumn(let old, let name, let column):
            var table = try state.table(name)
            let isSearched = table.searched.contains(old) || table.key == [old]
            let removal = isSearched ? table.searchRemoval : []
            table.rename(column: old, to: column)
            let rename = "RENAME COLUMN \(old.quotedName) TO \(column.quotedName)"
            return removal + ["ALTER TABLE \(name.quotedName) \(rename)"] + (isSearched ? table.searchCreation : [])
        case .addColumn(let column, let table, _):
            return ["ALTER TABLE \(table.quotedName) ADD COLUMN \(column.sqliteDefinition())"]
        case .addIndex(let index, let table): return [index.creation(on: table)]
        case .dropIndex(let name, _): return ["DROP INDEX \(name.quotedName)"]
        case .renameIndex(let old, let name, let new):
            guard var index = try state.table(name).indexes.first(where: { $0.name == old }) else {
                throw .migration("The table \"\(name)\" has no index \"\(old)\".")
            }
            index.name = new
            return ["DROP INDEX \(old.quotedName)", index.creation(on: name)]
        case .search(_, _, let name):
            var table = try state.table(name)
            let removal = table.searchRemoval
            try table.apply(operation)
            return removal + table.searchCreation
        case .sql(let step): return Dialect.sqlite.statements(of: step)
        case .dropColumn, .changeColumn, .changeKey, .addCheck, .dropCheck: return []
        }
    }
}

extension Table {
    /// Whether SQLite's rows need a number of their own, that a search finds them by: without an integer key theirs
    /// change when the file is compacted.
    var needsRowID: Bool { !self.searched.isEmpty && !self.hasIntegerKey }

    /// Whether rows are found by a number that SQLite counts its rows by.
    private var hasIntegerKey: Bool { self.key.count == 1 && self.column(self.key[0])?.type == .integer }

    /// `CREATE TABLE`, perhaps under another name.
    func sqliteCreation(as name: String? = nil) -> String {
        var lines = self.needsRowID ? ["\"rowid\" INTEGER PRIMARY KEY"] : []
        lines += self.columns.map { $0.sqliteDefinition() }
        if !self.key.isEmpty, !self.columns.contains(where: \.isCounted) {
            lines.append("\(self.needsRowID ? "UNIQUE" : "PRIMARY KEY") (\(self.key.quotedSQLNames))")
        }
        lines += self.checks.map(\.clause)
        return
            "CREATE TABLE \((name ?? self.name).quotedName) (\n    \(lines.joined(separator: ",\n    "))\n) STRICT"
    }

    private var searchTable: String { "\(self.name)_search" }

    private static let searchEvents = ["insert", "update", "delete"]

    /// What ends the search of this table.
    var searchRemoval: [String] {
        guard !self.searched.isEmpty else { return [] }
        let triggers = Self.searchEvents.map { "DROP TRIGGER \("\(self.searchTable)_\($0)".quotedName)" }
        return triggers + ["DROP TABLE \(self.searchTable.quotedName)"]
    }

    /// The names of the triggers that keep the search right.
    var searchTriggers: [String] { Self.searchEvents.map { "\(self.searchTable)_\($0)" } }

    /// What begins the search of this table, with the rows that are there.
    var searchCreation: [String] {
        guard !self.searched.isEmpty else { return [] }
        let search = self.searchTable.quotedName
        let rowID = self.hasIntegerKey ? self.key[0] : "rowid"
        let columns = self.searched.quotedSQLNames
        func values(_ row: String) -> String {
            ([rowID] + self.searched).map { "\(row).\($0.quotedName)" }.joined(separator: ", ")
        }
        let addition = "INSERT INTO \(search) (rowid, \(columns)) VALUES (\(values("new")));"
        let removal = "INSERT INTO \(search) (\(search), rowid, \(columns)) VALUES ('delete', \(values("old")));"
        func trigger(_ event: String, of columns: String = "", _ body: String) -> String {
            "CREATE TRIGGER \("\(self.searchTable)_\(event)".quotedName) AFTER \(event.uppercased())\(columns) "
                + "ON \(self.name.quotedName) BEGIN \(body) END"
        }
        let watched = (self.searched + [rowID]).filter { self.column($0) != nil }
        return [
            "CREATE VIRTUAL TABLE \(search) /* \(self.searchLanguage.rawValue) */ USING fts5(\(columns), "
                + "content=\(self.name.quotedSQLString), content_rowid=\(rowID.quotedSQLString), "
                + "tokenize='\(self.searchLanguage.tokenizer)')",
            "INSERT INTO \(search) (\(search)) VALUES ('rebuild')",
            trigger("insert", addition),
            trigger("update", of: " OF \(watched.quotedSQLNames)", "\(removal) \(addition)"),
            trigger("delete", removal),
        ]
    }
}

extension TableColumn {
    /// The column within `CREATE TABLE` or behind `ADD COLUMN`.
    func sqliteDefinition() -> String {
        var text = "\(self.name.quotedName) \(self.type.sqlite)"
        if self.isCounted { return text + " PRIMARY KEY AUTOINCREMENT" }
        if !self.isOptional { text += " NOT NULL" }
        if let value = self.defaultValue { text += " DEFAULT \(Dialect.sqlite.literal(value, as: self.type))" }
        if let formula = self.generated { text += " GENERATED ALWAYS AS (\(formula)) STORED" }
        if let reference = self.reference { text += " \(reference.clause)" }
        return text
    }
}
