// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// The parts of tables: columns, references, indexes, checks and searches.
extension MigrationParser {
    mutating func index(isUnique: Bool, of table: String) throws(DatabaseError) -> TableIndex {
        let name = try self.name()
        var index = TableIndex(try self.names(), of: table, isUnique: isUnique)
        index.name = name
        return index
    }

    mutating func check(of table: String) throws(DatabaseError) -> TableCheck {
        let name = try self.name()
        var check = TableCheck(try self.parenthesized(), of: table, named: name)
        check.name = name
        return check
    }

    /// A column behind its name, whether it is the key, and what rows that are there get in it.
    mutating func column(
        named name: String
    ) throws(DatabaseError) -> (column: TableColumn, isKey: Bool, fill: ColumnFill?) {
        let word = try self.word()
        guard let type = ColumnType(rawValue: word) else {
            let types = ColumnType.allCases.map(\.rawValue).joined(separator: ", ")
            throw .migration("\"\(word)\" is no type of a column; they are \(types).")
        }
        var column = TableColumn(name, type)
        var isKey = false
        var fill: ColumnFill?
        while let token = self.peek, !token.text.contains(where: \.isNewline) {
            if self.take("null") {
                column.isOptional = true
            } else if self.take("counted") {
                column.isCounted = true
            } else if self.take("key") {
                isKey = true
            } else if self.take("default") {
                column.defaultValue = try self.value()
            } else if self.take("generated") {
                column.generated = try self.parenthesized()
            } else if self.take("references") {
                column.reference = try self.reference()
            } else if self.take("fill") {
                fill = try self.fill()
            } else {
                throw .migration("`\(token.text)` says nothing of the column \"\(name)\".")
            }
        }
        return (column, isKey, fill)
    }

    private mutating func reference() throws(DatabaseError) -> ColumnReference {
        let table = try self.name()
        guard let column = try self.names().first else { throw .migration("Name the other table's column.") }
        var reference = ColumnReference(table, column: column)
        guard self.take("on") else { return reference }
        try self.expect("delete")
        switch try self.word() {
        case "restrict": reference.onDelete = .restrict
        case "cascade": reference.onDelete = .cascade
        case "set": reference.onDelete = self.take("null") ? .setNull : .setDefault
        case let other: throw .migration("There is no `on delete \(other)`.")
        }
        if reference.onDelete == .setDefault { try self.expect("default") }
        return reference
    }

    mutating func fill() throws(DatabaseError) -> ColumnFill {
        if self.peek?.isSymbol("(") == true { return .formula(try self.parenthesized()) }
        return .value(try self.value())
    }

    /// The language behind the columns of a search.
    mutating func language() throws(DatabaseError) -> SearchLanguage {
        guard self.take("language") else { return .simple }
        let word = try self.word()
        guard let language = SearchLanguage(rawValue: word) else {
            let languages = SearchLanguage.allCases.map(\.rawValue).joined(separator: ", ")
            throw .migration("There is no search in the language \"\(word)\", but in \(languages).")
        }
        return language
    }
}
