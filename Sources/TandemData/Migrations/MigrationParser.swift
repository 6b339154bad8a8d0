// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Reads a step of a migration; its parts are read in the other files of its name.
struct MigrationParser {
    let tokens: [SQLToken]
    /// Where a token is that says something, or a line end, which ends an entry.
    var position = 0

    init(_ text: String) {
        self.tokens = Array(SQLTokens(text, .postgreSQL))
    }

    mutating func operation() throws(DatabaseError) -> MigrationOperation {
        let verb = try self.word()
        let operation =
            switch verb {
            case "create": try self.createTable()
            case "add": try self.add()
            case "drop": try self.drop()
            case "rename": try self.rename()
            case "change": try self.change()
            case "search": try self.search()
            default: throw .migration("\"\(verb)\" is no step of a migration.")
            }
        self.skipLineEnds()
        if let token = self.peek { throw .migration("`\(token.text)` is not expected there.") }
        return operation
    }

    private mutating func createTable() throws(DatabaseError) -> MigrationOperation {
        try self.expect("table")
        var table = Table(try self.name(), columns: [], key: [])
        self.skipLineEnds()
        while self.peek != nil {
            if self.take("key") {
                table.key = try self.names()
            } else if self.take("unique") {
                table.indexes.append(try self.index(isUnique: true, of: table.name))
            } else if self.take("index") {
                table.indexes.append(try self.index(isUnique: false, of: table.name))
            } else if self.take("check") {
                table.checks.append(try self.check(of: table.name))
            } else if self.take("search") {
                table.searched = try self.names()
                table.searchLanguage = try self.language()
            } else {
                let (column, isKey, _) = try self.column(named: try self.name())
                table.columns.append(column)
                if isKey { table.key.append(column.name) }
            }
            try self.expectLineEnd()
        }
        return .createTable(table)
    }

    private mutating func add() throws(DatabaseError) -> MigrationOperation {
        switch try self.word() {
        case "column":
            let (table, name) = try self.path()
            let (column, _, fill) = try self.column(named: name)
            return .addColumn(column, table: table, fill: fill)
        case "index": return try self.addIndex(isUnique: false)
        case "unique": return try self.addIndex(isUnique: true)
        case "check":
            let name = try self.name()
            try self.expect("on")
            let table = try self.name()
            var check = TableCheck(try self.parenthesized(), of: table, named: name)
            check.name = name
            return .addCheck(check, table: table)
        case let other: throw .migration("There is no `add \(other)`, but column, index, unique and check.")
        }
    }

    private mutating func addIndex(isUnique: Bool) throws(DatabaseError) -> MigrationOperation {
        let name = try self.name()
        try self.expect("on")
        let table = try self.name()
        var index = TableIndex(try self.names(), of: table, isUnique: isUnique)
        index.name = name
        return .addIndex(index, table: table)
    }

    private mutating func drop() throws(DatabaseError) -> MigrationOperation {
        switch try self.word() {
        case "table": return .dropTable(try self.name())
        case "column":
            let (table, name) = try self.path()
            return .dropColumn(name, table: table, fill: self.take("fill") ? try self.fill() : nil)
        case "search": return .search([], table: try self.name())
        case "index":
            let name = try self.name()
            try self.expect("on")
            return .dropIndex(name, table: try self.name())
        case "check":
            let name = try self.name()
            try self.expect("on")
            return .dropCheck(name, table: try self.name())
        case let other: throw .migration("There is no `drop \(other)`, but table, column, index, check and search.")
        }
    }

    private mutating func rename() throws(DatabaseError) -> MigrationOperation {
        switch try self.word() {
        case "table":
            let old = try self.name()
            try self.expect("to")
            return .renameTable(old, to: try self.name())
        case "column":
            let (table, old) = try self.path()
            try self.expect("to")
            return .renameColumn(old, table: table, to: try self.name())
        case "index":
            let old = try self.name()
            try self.expect("to")
            let name = try self.name()
            try self.expect("on")
            return .renameIndex(old, table: try self.name(), to: name)
        case let other: throw .migration("There is no `rename \(other)`, but table, column and index.")
        }
    }

    private mutating func change() throws(DatabaseError) -> MigrationOperation {
        switch try self.word() {
        case "column":
            let (table, name) = try self.path()
            let (column, _, fill) = try self.column(named: name)
            return .changeColumn(column, table: table, fill: fill)
        case "key":
            let table = try self.name()
            return .changeKey(try self.names(), table: table)
        case let other: throw .migration("There is no `change \(other)`, but column and key.")
        }
    }

    private mutating func search() throws(DatabaseError) -> MigrationOperation {
        let table = try self.name()
        return .search(try self.names(), language: try self.language(), table: table)
    }
}
