// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Database {
    /// What is not as applied migrations left it, a sentence each.
    ///
    /// Tables that no migration made are not looked at, nor what their own SQL has added.
    func differences(from files: [MigrationFile]) async throws -> [String] {
        let recorded = try SchemaState(withBareNames: files.replayed().sorted)
        let found = try await self.inspectedTables().map(\.table).filter { recorded.tables[$0.name] != nil }
        let state = try SchemaState(withBareNames: found)
        let answers = MigrationAnswers.renamingNothing(in: state)
        let operations = try SchemaDifference(from: state, to: recorded, answers: answers).operations
        let own = files.flatMap(\.operations).compactMap { if case .sql(let step) = $0 { step.text } else { nil } }
        return operations.filter { operation in
            guard let name = operation.dropped else { return true }
            return !own.contains { $0.mentionsSQLName(name) }
        }.map { "The database is not as the migrations left it; this would mend it: \($0.text)" }
    }
}

extension SchemaState {
    /// Tables in whose formulas no name has quotes: SQLite gives it some when a column is renamed.
    fileprivate init(withBareNames tables: [Table]) throws(DatabaseError) {
        self.init()
        for var table in tables {
            for index in table.columns.indices {
                table.columns[index].generated = table.columns[index].generated?.withBareSQLNames
            }
            for index in table.checks.indices { table.checks[index].rule = table.checks[index].rule.withBareSQLNames }
            try self.apply(.createTable(table))
        }
    }
}

extension String {
    fileprivate var withBareSQLNames: String {
        SQLTokens(self, .postgreSQL).map { $0.identifier ?? String($0.text) }.joined()
    }
}

extension MigrationOperation {
    /// The column, the index or the check that it drops.
    fileprivate var dropped: String? {
        switch self {
        case .dropColumn(let name, _, _), .dropIndex(let name, _), .dropCheck(let name, _): name
        default: nil
        }
    }
}
