// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension MigrationOperation {
    /// What undoes the operation.
    ///
    /// - Parameter state: The tables before it.
    /// - Returns: The operation that undoes it.
    /// - Throws: `DatabaseError` where it speaks of what is not there.
    func reversal(from state: SchemaState) throws(DatabaseError) -> MigrationOperation {
        switch self {
        case .createTable(let table): return .dropTable(table.name)
        case .dropTable(let name): return .createTable(try state.table(name))
        case .renameTable(let old, let name): return .renameTable(name, to: old)
        case .addColumn(let column, let table, let fill): return .dropColumn(column.name, table: table, fill: fill)
        case .dropColumn(let name, let table, let fill):
            return .addColumn(try state.column(name, of: table), table: table, fill: fill)
        case .renameColumn(let old, let table, let name): return .renameColumn(name, table: table, to: old)
        case .changeColumn(let column, let table, let fill):
            return .changeColumn(try state.column(column.name, of: table), table: table, fill: fill)
        case .changeKey(_, let table): return .changeKey(try state.table(table).key, table: table)
        case .addIndex(let index, let table): return .dropIndex(index.name, table: table)
        case .dropIndex(let name, let table):
            guard let index = try state.table(table).indexes.first(where: { $0.name == name }) else {
                throw .migration("The table \"\(table)\" has no index \"\(name)\".")
            }
            return .addIndex(index, table: table)
        case .renameIndex(let old, let table, let name): return .renameIndex(name, table: table, to: old)
        case .addCheck(let check, let table): return .dropCheck(check.name, table: table)
        case .dropCheck(let name, let table):
            guard let check = try state.table(table).checks.first(where: { $0.name == name }) else {
                throw .migration("The table \"\(table)\" has no check \"\(name)\".")
            }
            return .addCheck(check, table: table)
        case .search(_, _, let name):
            let table = try state.table(name)
            return .search(table.searched, language: table.searchLanguage, table: name)
        case .sql(var step):
            step.isDown.toggle()
            return .sql(step)
        }
    }
}

extension [MigrationOperation] {
    /// What undoes them all, from the last to the first.
    ///
    /// - Parameter state: The tables before them.
    /// - Returns: The operations that undo them.
    /// - Throws: `DatabaseError` where they do not fit the state, or hold SQL that says nothing of how it is undone.
    func reversed(from state: SchemaState) throws(DatabaseError) -> [MigrationOperation] {
        if let step = self.irreversibleStep {
            throw .migration("It holds SQL of your own, `\(step.text)`, without a `sql down` step.")
        }
        var state = state
        var reversed: [MigrationOperation] = []
        for operation in self {
            reversed.append(try operation.reversal(from: state))
            try state.apply(operation)
        }
        return reversed.reversed()
    }

    /// SQL that no `sql down` undoes.
    var irreversibleStep: SQLStep? {
        let steps = self.compactMap { operation in if case .sql(let step) = operation { step } else { nil } }
        return steps.contains(where: \.isDown) ? nil : steps.first
    }
}

extension SchemaState {
    func column(_ name: String, of table: String) throws(DatabaseError) -> TableColumn {
        guard let column = try self.table(table).column(name) else {
            throw .migration("There is no column \"\(table).\(name)\".")
        }
        return column
    }
}
