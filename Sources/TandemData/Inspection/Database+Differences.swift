// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Database {
    /// What is not as applied migrations left it, a sentence each.
    ///
    /// Tables that no migration made are not looked at, nor what their own SQL has added.
    func differences(from files: [MigrationFile]) async throws -> [String] {
        let recorded = try files.replayed()
        let found = try await self.inspectedTables().map(\.table).filter { recorded.tables[$0.name] != nil }
        var state = SchemaState()
        for table in found { try state.apply(.createTable(table)) }
        let answers = MigrationAnswers.renamingNothing(in: state)
        let operations = try SchemaDifference(from: state, to: recorded, answers: answers).operations
        let own = files.flatMap(\.operations).compactMap { if case .sql(let step) = $0 { step.text } else { nil } }
        return operations.filter { operation in
            guard let name = operation.dropped else { return true }
            return !own.contains { $0.mentionsSQLName(name) }
        }.map { "The database is not as the migrations left it; this would mend it: \($0.text)" }
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
