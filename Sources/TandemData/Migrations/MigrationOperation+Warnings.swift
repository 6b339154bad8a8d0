// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension [MigrationOperation] {
    /// What the rows that are there lose by them, and where such rows may stop them.
    ///
    /// - Parameter state: The tables before them.
    /// - Returns: Sentences for each operation, in order, each in one line.
    /// - Throws: `DatabaseError` where they do not fit the state.
    func warnings(from state: SchemaState) throws(DatabaseError) -> [[String]] {
        var state = state
        var warnings: [[String]] = []
        for operation in self {
            let found = [try operation.warning(from: state), try self.hint(at: operation, from: state)]
            warnings.append(found.compactMap { $0?.split(whereSeparator: \.isNewline).joined(separator: " ") })
            try state.apply(operation)
        }
        return warnings
    }

    /// Says so where what is dropped looks like something that is added: perhaps it has another name alone.
    private func hint(at operation: MigrationOperation, from state: SchemaState) throws(DatabaseError) -> String? {
        var renames: [MigrationOperation] = []
        switch operation {
        case .dropTable(let name):
            let table = try state.table(name)
            for case .createTable(let added) in self where table.resembles(added) {
                renames.append(.renameTable(name, to: added.name))
            }
        case .dropColumn(let name, let table, _):
            let column = try state.column(name, of: table)
            for case .addColumn(let added, table, _) in self
            where added.type == column.type && (added.generated == nil) == (column.generated == nil) {
                renames.append(.renameColumn(name, table: table, to: added.name))
            }
        default: break
        }
        guard !renames.isEmpty else { return nil }
        let texts = renames.map { "`\($0.text)`" }.joined(separator: " or ")
        return "If it only has another name now, write \(texts) instead of dropping and adding."
    }
}

extension MigrationOperation {
    /// What rows that are there lose by it, or what in them may stop it; nil where it does them nothing.
    fileprivate func warning(from state: SchemaState) throws(DatabaseError) -> String? {
        switch self {
        case .dropTable(let name): return "All rows of \(name) are lost."
        case .dropColumn(let name, let table, _):
            let isComputed = try state.column(name, of: table).generated != nil
            return isComputed ? nil : "What \(table).\(name) holds is lost."
        case .addColumn(let column, let table, let fill):
            let isFilled = fill != nil || column.defaultValue != nil || column.generated != nil || column.isCounted
            guard !column.isOptional, !isFilled else { return nil }
            return "It fails if \(table) has rows: they have no \(column.name). Give it a default, or `fill`."
        case .changeColumn(let column, let table, let fill):
            let old = try state.column(column.name, of: table)
            return ColumnChange(old, column, of: table, isFilled: fill != nil || column.defaultValue != nil).warning
        case .changeKey(let key, let table) where !key.isEmpty: return Self.duplicates(in: key, of: table)
        case .addIndex(let index, let table) where index.isUnique:
            return Self.duplicates(in: index.columns, of: table)
        case .addCheck(let check, let table): return "It fails if a row of \(table) breaks the rule: \(check.rule)."
        default: return nil
        }
    }

    private static func duplicates(in columns: [String], of table: String) -> String {
        "It fails if two rows of \(table) have the same \(columns.joined(separator: " and "))."
    }
}

/// A column before and after a change.
private struct ColumnChange {
    let old: TableColumn
    let new: TableColumn
    let path: String
    let isFilled: Bool

    init(_ old: TableColumn, _ new: TableColumn, of table: String, isFilled: Bool) {
        self.old = old
        self.new = new
        self.path = "\(table).\(new.name)"
        self.isFilled = isFilled
    }

    var warning: String? {
        if self.new.generated != nil {
            return self.old.generated == nil ? "What \(self.path) holds is lost: it is computed from now on." : nil
        }
        let parts = [self.typeWarning, self.nullWarning, self.referenceWarning].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    private var typeWarning: String? {
        let conversion = ColumnConversion(old: self.old.type, type: self.new.type)
        let types = "\(self.old.type.rawValue) to \(self.new.type.rawValue)"
        if conversion.losesData { return "What \(self.path) holds is cut short, \(types)." }
        return conversion.mayFail ? "It fails if \(self.path) holds what does not go from \(types)." : nil
    }

    private var nullWarning: String? {
        guard self.old.isOptional, !self.new.isOptional, !self.isFilled else { return nil }
        return "It fails if \(self.path) is NULL in a row: give it a default, or `fill`."
    }

    private var referenceWarning: String? {
        guard let reference = self.new.reference, reference.target != self.old.reference?.target else { return nil }
        return "It fails if \(self.path) names what is not in \(reference.table)."
    }
}

extension ColumnReference {
    /// The column that is referred to, whatever the rule.
    fileprivate var target: [String] { [self.table, self.column] }
}
