// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What operations do on PostgreSQL.
struct PostgreSQLDDL {
    var state: SchemaState
    var actions: [MigrationAction] = []
    /// References that wait for their table, or for its key to be of their type.
    var waiting: [Waiting] = []

    struct Waiting: Hashable {
        var table: String
        var column: String
    }

    static func actions(
        for operations: [MigrationOperation],
        from state: inout SchemaState
    ) throws(DatabaseError) -> [MigrationAction] {
        var ddl = PostgreSQLDDL(state: state)
        for operation in operations { try ddl.apply(operation) }
        if let left = ddl.waiting.first, let reference = try ddl.state.column(left.column, of: left.table).reference {
            throw .migration(
                "\"\(left.table).\(left.column)\" refers to \"\(reference.table).\(reference.column)\", "
                    + "which is not there or is of another type."
            )
        }
        state = ddl.state
        return ddl.actions
    }

    mutating func add(_ statement: String) { self.actions.append(.statement(statement)) }

    mutating func alter(_ table: String, _ change: String) {
        self.add("ALTER TABLE \(table.quotedName) \(change)")
    }

    private mutating func apply(_ operation: MigrationOperation) throws(DatabaseError) {
        switch operation {
        case .createTable(let table): self.create(table)
        case .dropTable(let name):
            self.suspendReferences(to: name, areGone: true)
            self.add("DROP TABLE \(name.quotedName)")
            self.waiting.removeAll { $0.table == name }
        case .renameTable(let old, let name): try self.rename(table: old, to: name)
        case .addColumn(let column, let table, let fill): self.add(column, to: table, fill)
        case .dropColumn(let name, let table, _):
            self.alter(table, "DROP COLUMN \(name.quotedName)")
            self.waiting.removeAll { $0 == Waiting(table: table, column: name) }
        case .renameColumn(let old, let table, let name): try self.rename(column: old, of: table, to: name)
        case .changeColumn(let column, let table, let fill): try self.change(column, of: table, fill)
        case .changeKey(let key, let name):
            let table = try self.state.table(name)
            self.suspendReferences(to: name)
            if !table.key.isEmpty { self.alter(name, "DROP CONSTRAINT \(table.keyName.quotedName)") }
            if !key.isEmpty {
                self.alter(name, "ADD CONSTRAINT \(table.keyName.quotedName) PRIMARY KEY (\(key.quotedSQLNames))")
            }
        case .addIndex(let index, let table): self.add(index.creation(on: table))
        case .dropIndex(let name, _): self.add("DROP INDEX \(name.quotedName)")
        case .renameIndex(let old, _, let name):
            self.add("ALTER INDEX \(old.quotedName) RENAME TO \(name.quotedName)")
        case .addCheck(let check, let table):
            self.alter(table, "ADD \(check.clause)")
            self.comment(on: check, of: table)
        case .dropCheck(let name, let table): self.alter(table, "DROP CONSTRAINT \(name.quotedName)")
        case .search(_, _, let name):
            var table = try self.state.table(name)
            self.endSearch(of: table)
            try table.apply(operation)
            self.beginSearch(of: table)
        case .sql(let step): for statement in Dialect.postgreSQL.statements(of: step) { self.add(statement) }
        }
        try self.state.apply(operation)
        try self.addReferencesThatWaited()
    }

    // MARK: - Tables

    private mutating func create(_ table: Table) {
        var lines = table.columns.map { column in
            let isReady = column.reference.map { self.isReady($0, of: column, in: table) } ?? true
            if !isReady { self.waiting.append(Waiting(table: table.name, column: column.name)) }
            return column.postgreSQLDefinition + (isReady ? column.postgreSQLReference(of: table.name) : "")
        }
        if !table.key.isEmpty {
            lines.append("CONSTRAINT \(table.keyName.quotedName) PRIMARY KEY (\(table.key.quotedSQLNames))")
        }
        lines += table.checks.map(\.clause)
        self.add("CREATE TABLE \(table.name.quotedName) (\n    \(lines.joined(separator: ",\n    "))\n)")
        for check in table.checks { self.comment(on: check, of: table.name) }
        for column in table.columns { self.comment(on: column, of: table.name) }
        for index in table.indexes { self.add(index.creation(on: table.name)) }
        self.beginSearch(of: table)
    }

    private mutating func rename(table old: String, to name: String) throws(DatabaseError) {
        let table = try self.state.table(old)
        var renamed = table
        renamed.name = name
        self.alter(old, "RENAME TO \(name.quotedName)")
        if !table.key.isEmpty { self.rename(constraint: table.keyName, to: renamed.keyName, of: name) }
        for column in table.columns where column.reference != nil {
            self.rename(
                constraint: column.referenceName(of: old),
                to: column.referenceName(of: name),
                of: name
            )
        }
        if !table.searched.isEmpty {
            let names = [table.searchIndexName, renamed.searchIndexName].map(\.quotedName)
            self.add("ALTER INDEX \(names[0]) RENAME TO \(names[1])")
        }
        for index in self.waiting.indices where self.waiting[index].table == old { self.waiting[index].table = name }
    }

    mutating func rename(constraint old: String, to name: String, of table: String) {
        self.alter(table, "RENAME CONSTRAINT \(old.quotedName) TO \(name.quotedName)")
    }

    // MARK: - References

    /// Whether what a column refers to is there, and of the same type.
    private func isReady(_ reference: ColumnReference, of column: TableColumn, in table: Table) -> Bool {
        let target = reference.table == table.name ? table : self.state.tables[reference.table]
        return target?.column(reference.column)?.type == column.type
    }

    /// Drops the references of other tables to one, until it is ready for them again.
    mutating func suspendReferences(to name: String, column: String? = nil, areGone: Bool = false) {
        for (table, referrer) in self.state.references(to: name) {
            guard column == nil || referrer.reference?.column == column else { continue }
            self.dropReference(of: referrer, in: table.name)
            if !areGone { self.waiting.append(Waiting(table: table.name, column: referrer.name)) }
        }
    }

    mutating func dropReference(of column: TableColumn, in table: String) {
        let waiting = Waiting(table: table, column: column.name)
        if self.waiting.contains(waiting) {
            self.waiting.removeAll { $0 == waiting }
        } else {
            self.alter(table, "DROP CONSTRAINT IF EXISTS \(column.referenceName(of: table).quotedName)")
        }
    }

    private mutating func addReferencesThatWaited() throws(DatabaseError) {
        for waiting in self.waiting {
            let table = try self.state.table(waiting.table)
            guard let column = table.column(waiting.column), let reference = column.reference,
                self.isReady(reference, of: column, in: table)
            else { continue }
            let name = column.referenceName(of: table.name).quotedName
            let clause = "FOREIGN KEY (\(column.name.quotedName)) \(reference.clause)"
            self.alter(table.name, "ADD CONSTRAINT \(name) \(clause)")
            self.waiting.removeAll { $0 == waiting }
        }
    }

    // MARK: - Search and comments

    /// PostgreSQL keeps rules and formulas in a form of its own; what they are called here stands in a comment.
    static let commentPrefix = "tandem: "

    mutating func comment(on check: TableCheck, of table: String) {
        let text = (Self.commentPrefix + check.rule).quotedSQLString
        self.add("COMMENT ON CONSTRAINT \(check.name.quotedName) ON \(table.quotedName) IS \(text)")
    }

    mutating func comment(on column: TableColumn, of table: String) {
        guard let formula = column.generated else { return }
        let text = (Self.commentPrefix + formula).quotedSQLString
        self.add("COMMENT ON COLUMN \(table.quotedName).\(column.name.quotedName) IS \(text)")
    }

    mutating func commentOnSearch(of table: Table) {
        let text = (Self.commentPrefix + table.searched.joined(separator: ", ")).quotedSQLString
        self.add("COMMENT ON COLUMN \(table.name.quotedName).\"search_vector\" IS \(text)")
    }

    mutating func endSearch(of table: Table) {
        if !table.searched.isEmpty { self.alter(table.name, "DROP COLUMN \"search_vector\"") }
    }

    mutating func beginSearch(of table: Table) {
        guard !table.searched.isEmpty else { return }
        let (before, after) = SearchLanguage.unaccenting
        let texts = table.searched.map(\.quotedName).map { name in
            // Most texts are of one byte a letter, and have no accents.
            "CASE WHEN octet_length(\(name)) > length(\(name)) THEN \(before)\(name)\(after) "
                + "ELSE coalesce(\(name), '') END"
        }
        let vector =
            "to_tsvector('\(table.searchLanguage.rawValue)', \(texts.joined(separator: " || ' ' || ")))"
        self.alter(table.name, "ADD COLUMN \"search_vector\" tsvector GENERATED ALWAYS AS (\(vector)) STORED")
        self.commentOnSearch(of: table)
        let name = table.searchIndexName.quotedName
        self.add("CREATE INDEX \(name) ON \(table.name.quotedName) USING gin (\"search_vector\")")
    }
}

extension Table {
    /// The name of the key's constraint.
    var keyName: String { "\(self.name)_pkey".databaseName }

    var searchIndexName: String { "\(self.name)_search_index".databaseName }
}
