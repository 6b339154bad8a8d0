// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Table {
    /// Does what an operation on this table says.
    mutating func apply(_ operation: MigrationOperation) throws(DatabaseError) {
        switch operation {
        case .addColumn(let column, _, _):
            guard self.column(column.name) == nil else {
                throw .migration("There are two of \(self.path(column.name)).")
            }
            self.columns.append(column)
        case .dropColumn(let name, _, _):
            self.columns.remove(at: try self.index(of: name))
        case .changeColumn(let column, _, _):
            self.columns[try self.index(of: column.name)] = column
        case .changeKey(let key, _):
            self.key = key
        case .addIndex(let index, _):
            self.indexes.append(index)
        case .dropIndex(let name, _):
            self.indexes.remove(at: try self.position(of: name, in: self.indexes.map(\.name), "index"))
        case .renameIndex(let old, _, let name):
            self.indexes[try self.position(of: old, in: self.indexes.map(\.name), "index")].name = name
        case .addCheck(let check, _):
            self.checks.append(check)
        case .dropCheck(let name, _):
            self.checks.remove(at: try self.position(of: name, in: self.checks.map(\.name), "check"))
        case .search(let columns, let language, _):
            self.searched = columns
            self.searchLanguage = language
        case .createTable, .dropTable, .renameTable, .renameColumn, .sql:
            break
        }
    }

    private func path(_ column: String) -> String { "\"\(self.name).\(column)\"" }

    private func index(of column: String) throws(DatabaseError) -> Int {
        try self.position(of: column, in: self.columns.map(\.name), "column")
    }

    private func position(of name: String, in names: [String], _ what: String) throws(DatabaseError) -> Int {
        guard let index = names.firstIndex(of: name) else {
            throw .migration("The table \"\(self.name)\" has no \(what) \"\(name)\".")
        }
        return index
    }

    /// Gives a column another name, wherever the table speaks of it.
    mutating func rename(column old: String, to name: String) {
        func renamed(_ names: [String]) -> [String] { names.map { $0 == old ? name : $0 } }
        for index in self.columns.indices {
            if self.columns[index].name == old { self.columns[index].name = name }
            self.columns[index].generated = self.columns[index].generated?.renamingSQLColumn(old, to: name)
        }
        self.key = renamed(self.key)
        self.searched = renamed(self.searched)
        for index in self.indexes.indices { self.indexes[index].columns = renamed(self.indexes[index].columns) }
        for index in self.checks.indices {
            self.checks[index].rule = self.checks[index].rule.renamingSQLColumn(old, to: name)
        }
    }

    /// Checks that both databases can hold such a table.
    func validate() throws(DatabaseError) {
        for column in self.columns where self.columns.count(where: { $0.name == column.name }) > 1 {
            throw .migration("There are two of \(self.path(column.name)).")
        }
        guard !self.columns.isEmpty else { throw .migration("The table \"\(self.name)\" has no columns.") }
        try self.validate(self.key, "its key")
        for index in self.indexes { try self.validate(index.columns, "the index \"\(index.name)\"") }
        try self.validate(self.searched, "its search")
        for name in self.searched where self.column(name)?.type != .text {
            throw .migration("\(self.path(name)) is searched, and holds no text.")
        }
        for column in self.columns {
            try self.validate(column)
            for other in self.columns where column.generated?.mentionsSQLColumn(other.name) == true {
                guard other.generated == nil else {
                    throw .migration("\(self.path(column.name)) is computed by \(self.path(other.name)), computed too.")
                }
            }
        }
        let names = (self.indexes.map(\.name) + self.checks.map(\.name)).sorted()
        for (name, next) in zip(names, names.dropFirst()) where name == next {
            throw .migration("The table \"\(self.name)\" has two indexes or checks \"\(name)\".")
        }
    }

    private func validate(_ names: [String], _ what: String) throws(DatabaseError) {
        for name in names where self.column(name) == nil {
            throw .migration("The table \"\(self.name)\" has no column \"\(name)\", which \(what) names.")
        }
    }

    private func validate(_ column: TableColumn) throws(DatabaseError) {
        let path = self.path(column.name)
        if column.isCounted, self.key != [column.name] || column.type != .integer || column.isOptional {
            throw .migration("\(path) is counted by the database; only an integer that is the whole key can be.")
        }
        if column.isOptional, self.key.contains(column.name) {
            throw .migration("\(path) is part of the key; it cannot be NULL.")
        }
        if column.generated != nil, column.defaultValue != nil || column.isCounted {
            throw .migration("\(path) is computed; it has no default of its own.")
        }
        if let value = column.defaultValue, !value.fits(column.type) {
            throw .migration("The default of \(path) is no \(column.type.rawValue).")
        }
    }
}

extension ColumnDefault {
    /// Whether a column of the type can hold it.
    func fits(_ type: ColumnType) -> Bool {
        switch self {
        case .boolean: type == .boolean
        case .integer: [.integer, .double, .decimal].contains(type)
        case .double: [.double, .decimal].contains(type)
        case .text: [.text, .uuid, .decimal, .timestamp, .json].contains(type)
        case .json: type == .json
        case .now: type == .timestamp
        }
    }
}
