// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The way from a table to another of its name.
struct TableDifference {
    private var table: Table
    private let target: Table
    private let answers: MigrationAnswers
    private var operations: [MigrationOperation] = []

    init(from table: Table, to target: Table, answers: MigrationAnswers) {
        self.table = table
        self.target = target
        self.answers = answers
    }

    /// What to do: what stands in the way of changes first, then new columns, changes, and what is gone last.
    mutating func find() throws -> [MigrationOperation] {
        try self.renameColumns()
        self.dropChecksAndIndexes()
        let name = self.target.name
        let added = self.target.columns.filter { self.table.column($0.name) == nil }
        for column in added where column.generated == nil {
            self.operations.append(.addColumn(column, table: name, fill: try self.fill(ofAdded: column)))
        }
        try self.changeComputedColumns()
        for column in added where column.generated != nil {
            self.operations.append(.addColumn(column, table: name, fill: nil))
        }
        if self.table.searched != self.target.searched || self.table.searchLanguage != self.target.searchLanguage {
            let language = self.target.searchLanguage
            self.operations.append(.search(self.target.searched, language: language, table: name))
        }
        if self.table.key != self.target.key { self.operations.append(.changeKey(self.target.key, table: name)) }
        try self.changeColumns()
        let gone = self.table.columns.filter { self.target.column($0.name) == nil }
        for column in gone.filter({ $0.generated != nil }) + gone.filter({ $0.generated == nil }) {
            self.operations.append(.dropColumn(column.name, table: name, fill: nil))
        }
        self.addChecksAndIndexes()
        return self.operations
    }

    private mutating func renameColumns() throws {
        for column in self.table.columns where self.target.column(column.name) == nil {
            let path = "\(self.target.name).\(column.name)"
            let isTold = self.answers.renames[path] != nil
            let candidates = self.target.columns.filter { other in
                self.table.column(other.name) == nil && (isTold || other.type == column.type)
            }
            guard !candidates.isEmpty || isTold else { continue }
            let names = candidates.map(\.name)
            guard let name = try self.answers.newName(of: path, candidates: names) else { continue }
            self.operations.append(.renameColumn(column.name, table: self.target.name, to: name))
            self.table.rename(column: column.name, to: name)
        }
    }

    // MARK: - Columns

    private func fill(ofAdded column: TableColumn) throws -> ColumnFill? {
        guard !column.isOptional, column.defaultValue == nil, !column.isCounted else { return nil }
        return try self.answers.fill(of: column, in: self.target.name)
    }

    private func changed(_ isComputed: Bool) -> [(old: TableColumn, column: TableColumn)] {
        self.target.columns.compactMap { column in
            guard let old = self.table.column(column.name), old != column else { return nil }
            return (old.generated != nil || column.generated != nil) == isComputed ? (old, column) : nil
        }
    }

    private mutating func changeComputedColumns() throws(DatabaseError) {
        for (_, column) in self.changed(true) {
            self.operations.append(.changeColumn(column, table: self.target.name, fill: nil))
        }
    }

    private mutating func changeColumns() throws {
        for (old, column) in self.changed(false) {
            guard ColumnConversion(old: old.type, type: column.type).sql("", .sqlite) != nil else {
                throw DatabaseError.inconvertible(column, of: self.target.name, from: old.type)
            }
            let needsFill = old.isOptional && !column.isOptional && column.defaultValue == nil
            let fill = needsFill ? try self.answers.fill(of: column, in: self.target.name) : nil
            self.operations.append(.changeColumn(column, table: self.target.name, fill: fill))
        }
    }

    // MARK: - Indexes and checks

    private mutating func dropChecksAndIndexes() {
        let name = self.target.name
        for check in self.table.checks where !self.target.checks.contains(check) {
            self.operations.append(.dropCheck(check.name, table: name))
            self.table.checks.removeAll { $0 == check }
        }
        for index in self.table.indexes where !self.target.indexes.contains(index) {
            let isFree = !self.target.indexes.contains { $0.name == index.name }
            let same = self.target.indexes.first { other in
                other.columns == index.columns && other.isUnique == index.isUnique
                    && !self.table.indexes.contains { $0.name == other.name }
            }
            self.table.indexes.removeAll { $0 == index }
            if isFree, let same {
                self.operations.append(.renameIndex(index.name, table: name, to: same.name))
                self.table.indexes.append(same)
            } else {
                self.operations.append(.dropIndex(index.name, table: name))
            }
        }
    }

    private mutating func addChecksAndIndexes() {
        for index in self.target.indexes where !self.table.indexes.contains(index) {
            self.operations.append(.addIndex(index, table: self.target.name))
        }
        for check in self.target.checks where !self.table.checks.contains(check) {
            self.operations.append(.addCheck(check, table: self.target.name))
        }
    }
}
