// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Reads the tables of an SQLite database: from its pragmas, and from the text that made each table what they leave out.
struct SQLiteInspection {
    private let db: Database

    init(_ db: Database) {
        self.db = db
    }

    func tables() async throws -> [InspectedTable] {
        var found: [(name: String, text: String)] = []
        let text = """
            SELECT s.name, s.sql FROM sqlite_schema s JOIN pragma_table_list l ON l.name = s.name AND l.schema = 'main' \
            WHERE s.type = 'table' AND l.type = 'table' AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY s.name
            """
        try await self.run(text) { row in found.append((try row.text(), try row.text())) }
        var tables: [InspectedTable] = []
        for (name, text) in found { tables.append(try await self.table(name, SQLiteTableText(text))) }
        return tables
    }

    private func run(
        _ text: String,
        _ values: String...,
        each row: (inout RowReader) throws -> Void
    ) async throws {
        try await self.db.run(Statement(text, values.map { .text($0) }, access: .read), each: row)
    }

    private func table(_ name: String, _ text: SQLiteTableText) async throws -> InspectedTable {
        var inspected = InspectedTable(table: Table(name, columns: [], key: []))
        if !text.isStrict { inspected.note("The table is not STRICT: a column may hold values of other types.") }
        try await self.addColumns(to: &inspected, text)
        try await self.addReferences(to: &inspected)
        for check in text.checks {
            let unnamed = TableCheck(check.rule, of: name, named: check.column ?? "row")
            inspected.table.checks.append(check.name.map { TableCheck(named: $0, check.rule) } ?? unnamed)
        }
        try await self.addSearch(to: &inspected.table)
        try await self.addIndexes(to: &inspected)
        return inspected
    }

    // MARK: - Columns

    private func addColumns(to inspected: inout InspectedTable, _ text: SQLiteTableText) async throws {
        var key: [(place: Int64, name: String)] = []
        let query = """
            SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?1) ORDER BY cid
            """
        try await self.run(query, inspected.table.name) { row in
            let name = try row.text()
            let declared = try row.text()
            let isRequired = try row.integer() != 0
            let value: String? = try row.read()
            let place = try row.integer()
            let hidden = try row.integer()
            guard hidden != 1 else { return }
            let said = text.columns[name.lowercased()]
            var column = TableColumn(name, said?.type ?? ColumnType(declared: declared))
            if said?.type == nil, let note = column.type.note(onDeclared: declared) { inspected.note(note, at: name) }
            column.isOptional = !isRequired && place == 0
            column.isCounted = said?.isCounted ?? false
            column.generated = said?.generated
            if hidden == 2 { inspected.note("It is computed when it is read; models have it stored.", at: name) }
            if let value, column.generated == nil {
                column.defaultValue = ColumnDefault(sql: value, as: column.type)
                if column.defaultValue == nil, value.lowercased() != "null" {
                    inspected.note("Its default is \(value).", at: name)
                }
            }
            if place > 0 { key.append((place, name)) }
            inspected.table.columns.append(column)
        }
        inspected.table.key = key.sorted { $0.place < $1.place }.map(\.name)
    }

    private func addReferences(to inspected: inout InspectedTable) async throws {
        var references: [Int64: [(column: String, reference: ColumnReference)]] = [:]
        let query =
            "SELECT id, \"table\", \"from\", \"to\", on_delete FROM pragma_foreign_key_list(?1) ORDER BY id, seq"
        try await self.run(query, inspected.table.name) { row in
            let id = try row.integer()
            let table = try row.text()
            let column = try row.text()
            let target: String? = try row.read()
            let rule = DeleteRule(sql: try row.text())
            references[id, default: []].append(
                (column, ColumnReference(table, column: target ?? "", onDelete: rule))
            )
        }
        for (_, parts) in references.sorted(by: { $0.key < $1.key }) {
            guard parts.count == 1, let (column, found) = parts.first else {
                let columns = parts.map(\.column).joined(separator: ", ")
                inspected.note("\(columns) refer to \(parts[0].reference.table) together.")
                continue
            }
            var reference = found
            if reference.column.isEmpty { reference.column = try await self.key(of: reference.table) ?? "id" }
            guard let index = inspected.table.columns.firstIndex(where: { $0.name.isSameSQLName(as: column) }) else {
                continue
            }
            inspected.table.columns[index].reference = reference
        }
    }

    private func key(of table: String) async throws -> String? {
        var key: String?
        try await self.run("SELECT name FROM pragma_table_info(?1) WHERE pk = 1", table) { key = try $0.text() }
        return key
    }

    // MARK: - Indexes and searches

    private func addSearch(to table: inout Table) async throws {
        let search = "\(table.name)_search"
        var text = ""
        try await self.run("SELECT sql FROM sqlite_schema WHERE name = ?1", search) { text = try $0.read() ?? "" }
        guard text.contains("content=\(table.name.quotedSQLString)") else { return }
        // What the tokenizer does not tell stands in a comment.
        table.searchLanguage = SearchLanguage.allCases.first { text.contains(" /* \($0.rawValue) */ ") } ?? .simple
        var columns: [String] = []
        try await self.run("SELECT name FROM pragma_table_info(?1) ORDER BY cid", search) {
            columns.append(try $0.text())
        }
        table.searched = columns
    }

    private func addIndexes(to inspected: inout InspectedTable) async throws {
        var indexes: [(name: String, isUnique: Bool, origin: String, isPartial: Bool)] = []
        let query =
            "SELECT name, \"unique\", origin, partial FROM pragma_index_list(?1) WHERE origin <> 'pk' ORDER BY name"
        try await self.run(query, inspected.table.name) { row in
            indexes.append((try row.text(), try row.integer() != 0, try row.text(), try row.integer() != 0))
        }
        for index in indexes {
            var columns: [String?] = []
            try await self.run("SELECT name FROM pragma_index_info(?1) ORDER BY seqno", index.name) { row in
                columns.append(try row.read())
            }
            let names = columns.compactMap(\.self)
            guard !index.isPartial, names.count == columns.count else {
                inspected.note("The index \(index.name) is of some rows, or of formulas.")
                continue
            }
            if index.origin == "u", inspected.table.numbersItsRows {
                // Rows are numbered for the search alone; what is unique beside that is their key.
                inspected.table.columns.removeFirst()
                inspected.table.key = names
                continue
            }
            let unnamed = TableIndex(names, of: inspected.table.name, isUnique: index.isUnique)
            let named = TableIndex(named: index.name, names, isUnique: index.isUnique)
            inspected.table.indexes.append(index.origin == "c" ? named : unnamed)
        }
    }
}

extension Table {
    /// Whether it has the column that SQLite numbers rows by for a search.
    fileprivate var numbersItsRows: Bool {
        !self.searched.isEmpty && self.key == ["rowid"] && self.columns.first?.name == "rowid"
    }
}

extension String {
    /// Whether SQLite takes them for one name.
    fileprivate func isSameSQLName(as other: String) -> Bool { self.lowercased() == other.lowercased() }
}
