// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// Reads the tables of a PostgreSQL database from its catalogue.
struct PostgreSQLInspection {
    private let db: Database

    init(_ db: Database) {
        self.db = db
    }

    func tables() async throws -> [InspectedTable] {
        var names: [String] = []
        let text = """
            SELECT relname::text FROM pg_class WHERE relnamespace = current_schema()::regnamespace \
            AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY relname COLLATE "C"
            """
        try await self.db.run(Statement(text, access: .read)) { names.append(try $0.text()) }
        var tables: [InspectedTable] = []
        for name in names {
            var inspected = InspectedTable(table: Table(name, columns: [], key: []))
            try await self.addColumns(to: &inspected)
            try await self.addConstraints(to: &inspected)
            try await self.addIndexes(to: &inspected)
            tables.append(inspected)
        }
        return tables
    }

    private func run(
        _ text: String,
        of table: String,
        each row: (inout RowReader) throws -> Void
    ) async throws {
        try await self.db.run(Statement(text, [.text(table.quotedName)], access: .read), each: row)
    }

    /// What we wrote into a comment.
    private static func own(_ comment: String?) -> String? {
        guard let comment, comment.hasPrefix(PostgreSQLDDL.commentPrefix) else { return nil }
        return String(comment.dropFirst(PostgreSQLDDL.commentPrefix.count))
    }

    // MARK: - Columns

    private func addColumns(to inspected: inout InspectedTable) async throws {
        let text = """
            SELECT a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull, \
            pg_get_expr(d.adbin, d.adrelid), a.attidentity <> '', a.attgenerated <> '', \
            col_description(a.attrelid, a.attnum) \
            FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum \
            WHERE a.attrelid = $1::text::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
            """
        try await self.run(text, of: inspected.table.name) { row in
            let name = try row.text()
            let declared = try row.text()
            let isRequired = try row.boolean()
            let value: String? = try row.read()
            let isIdentity = try row.boolean()
            let isGenerated = try row.boolean()
            let comment = Self.own(try row.read(String?.self))
            if name == "search_vector", declared == "tsvector", let comment {
                inspected.table.searched = Self.names(comment)
                // to_tsvector('english'::regconfig, …)
                let language = value?.split(separator: "'", maxSplits: 2).dropFirst().first
                inspected.table.searchLanguage = language.flatMap { SearchLanguage(rawValue: String($0)) } ?? .simple
                return
            }
            let type = ColumnType.of(postgreSQL: declared)
            if !type.isExact { inspected.note("Its type is \(declared).", at: name) }
            var column = TableColumn(name, type.type, isOptional: !isRequired)
            column.isCounted = isIdentity || value?.hasPrefix("nextval(") == true
            if isGenerated {
                column.generated = comment ?? value
            } else if let value, !column.isCounted {
                column.defaultValue = ColumnDefault(sql: value, as: column.type)
                if column.defaultValue == nil, !value.hasPrefix("NULL") {
                    inspected.note("Its default is \(value).", at: name)
                }
            }
            inspected.table.columns.append(column)
        }
    }

    /// The names in a list with commas, as the comment on a search has them.
    private static func names(_ list: String) -> [String] {
        list.split(separator: ",").map { $0.trimmingSpaces }
    }

    // MARK: - Constraints

    private func addConstraints(to inspected: inout InspectedTable) async throws {
        let names = { (columns: String, table: String) in
            """
            (SELECT json_agg(a.attname ORDER BY k.place)::text FROM unnest(\(columns)) WITH ORDINALITY k (number, place) \
            JOIN pg_attribute a ON a.attrelid = \(table) AND a.attnum = k.number)
            """
        }
        let text = """
            SELECT c.contype::text, c.conname::text, \(names("c.conkey", "c.conrelid")), pg_get_constraintdef(c.oid), \
            c.confdeltype::text, (SELECT relname::text FROM pg_class WHERE oid = c.confrelid), \
            \(names("c.confkey", "c.confrelid")), obj_description(c.oid, 'pg_constraint') \
            FROM pg_constraint c WHERE c.conrelid = $1::text::regclass ORDER BY c.conname COLLATE "C"
            """
        try await self.run(text, of: inspected.table.name) { row in
            let kind = try row.text()
            let name = try row.text()
            let columns = try Self.list(row.read())
            let definition = try row.text()
            let rule = DeleteRule(sql: try row.text())
            let target: String? = try row.read()
            let targets = try Self.list(row.read())
            let comment = Self.own(try row.read(String?.self))
            switch kind {
            case "p": inspected.table.key = columns
            case "c":
                inspected.table.checks.append(TableCheck(named: name, comment ?? Self.rule(definition)))
            case "f":
                guard columns.count == 1, let target, let column = targets.first,
                    let index = inspected.table.columns.firstIndex(where: { $0.name == columns[0] })
                else {
                    inspected.note("\(columns.joined(separator: ", ")): \(definition).")
                    return
                }
                inspected.table.columns[index].reference = ColumnReference(target, column: column, onDelete: rule)
            case "u", "n": break
            default: inspected.note("The constraint \(name) is \(definition).")
            }
        }
    }

    private static func list(_ text: String?) throws -> [String] {
        try text.map { try JSON.decode([String].self, from: $0) } ?? []
    }

    /// The rule in `CHECK ((rule))`.
    private static func rule(_ definition: String) -> String {
        let rule = definition.hasPrefix("CHECK (") ? definition.dropFirst("CHECK (".count).dropLast() : definition[...]
        guard rule.hasPrefix("("), rule.hasSuffix(")") else { return String(rule) }
        // The outer parentheses belong together, unless one closes before the end.
        var depth = 0
        for (index, character) in zip(rule.indices, rule) {
            depth += character == "(" ? 1 : character == ")" ? -1 : 0
            if depth == 0 { return index == rule.indices.last ? String(rule.dropFirst().dropLast()) : String(rule) }
        }
        return String(rule)
    }

    // MARK: - Indexes

    private func addIndexes(to inspected: inout InspectedTable) async throws {
        let text = """
            SELECT c.relname::text, i.indisunique, \
            i.indpred IS NULL AND i.indexprs IS NULL AND m.amname = 'btree', pg_get_indexdef(i.indexrelid), \
            (SELECT json_agg(a.attname ORDER BY k.place)::text \
            FROM unnest(i.indkey::int2[]) WITH ORDINALITY k (number, place) \
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number WHERE k.place <= i.indnkeyatts) \
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam \
            WHERE i.indrelid = $1::text::regclass AND NOT i.indisprimary ORDER BY c.relname COLLATE "C"
            """
        try await self.run(text, of: inspected.table.name) { row in
            let name = try row.text()
            let isUnique = try row.boolean()
            let isPlain = try row.boolean()
            let definition = try row.text()
            let columns = try Self.list(row.read())
            guard isPlain else {
                if columns != ["search_vector"] { inspected.note("There is an index more: \(definition).") }
                return
            }
            inspected.table.indexes.append(TableIndex(named: name, columns, isUnique: isUnique))
        }
    }
}
