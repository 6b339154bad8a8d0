// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Reads a step of a migration.
struct MigrationParser {
    private let tokens: [SQLToken]
    /// Where a token is that says something, or a line end, which ends an entry.
    private var position = 0

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

    // MARK: - Steps

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

    // MARK: - Parts

    /// The language behind the columns of a search.
    private mutating func language() throws(DatabaseError) -> SearchLanguage {
        guard self.take("language") else { return .simple }
        let word = try self.word()
        guard let language = SearchLanguage(rawValue: word) else {
            let languages = SearchLanguage.allCases.map(\.rawValue).joined(separator: ", ")
            throw .migration("There is no search in the language \"\(word)\", but in \(languages).")
        }
        return language
    }

    private mutating func index(isUnique: Bool, of table: String) throws(DatabaseError) -> TableIndex {
        let name = try self.name()
        var index = TableIndex(try self.names(), of: table, isUnique: isUnique)
        index.name = name
        return index
    }

    private mutating func check(of table: String) throws(DatabaseError) -> TableCheck {
        let name = try self.name()
        var check = TableCheck(try self.parenthesized(), of: table, named: name)
        check.name = name
        return check
    }

    /// A column behind its name, whether it is the key, and what rows that are there get in it.
    private mutating func column(
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

    mutating func value() throws(DatabaseError) -> ColumnDefault {
        if self.take("json") { return .json(value: try self.string()) }
        if self.take("now") { return .now }
        if self.take("true") { return .boolean(value: true) }
        if self.take("false") { return .boolean(value: false) }
        guard let token = self.peek else { throw .migration("A value is missing.") }
        if token.kind == .string { return .text(value: try self.string()) }
        var text = ""
        while let token = self.peek, token.kind == .number || token.isSymbol("-") || token.isSymbol("+") {
            text += token.text
            self.advance()
        }
        if let value = Int64(text) { return .integer(value: value) }
        if let value = Double(text), value.isFinite { return .double(value: value) }
        throw .migration(
            "`\(text)\(self.peek?.text ?? "")` is no value; write 'text', 12, 1.5, true, json '{}' or now."
        )
    }

    private mutating func string() throws(DatabaseError) -> String {
        guard let token = self.peek, token.kind == .string, let first = token.text.first else {
            throw .migration("A text between quotes is missing.")
        }
        guard token.isClosed else { throw .migration("The text \(token.text) has no second quote.") }
        self.advance()
        if first == "'" { return String(token.text.dropFirst().dropLast()).replacing("''", with: "'") }
        guard first == "e" || first == "E" else { throw .migration("Write the text between single quotes.") }
        return Self.unescaped(token.text.dropFirst(2).dropLast())
    }

    private static func unescaped(_ literal: Substring) -> String {
        var text = ""
        var rest = literal.unicodeScalars
        while let scalar = rest.popFirst() {
            guard scalar == "\\", let escape = rest.popFirst() else {
                // A quote that stands there twice is one.
                if scalar == "'", rest.first == "'" { rest.removeFirst() }
                text.unicodeScalars.append(scalar)
                continue
            }
            switch escape {
            case "n": text.unicodeScalars.append("\n")
            case "r": text.unicodeScalars.append("\r")
            case "u":
                let digits = String(Substring(rest.prefix(4)))
                guard let value = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) else { continue }
                text.unicodeScalars.append(value)
                rest = rest.dropFirst(4)
            default: text.unicodeScalars.append(escape)
            }
        }
        return text
    }

    // MARK: - Tokens

    private var peek: SQLToken? { self.position < self.tokens.count ? self.tokens[self.position] : nil }

    private mutating func advance() {
        self.position += 1
        self.skipSpaces()
    }

    private mutating func skipSpaces() {
        while let token = self.peek, !token.counts, !token.text.contains(where: \.isNewline) { self.position += 1 }
    }

    private mutating func skipLineEnds() {
        while let token = self.peek, !token.counts { self.position += 1 }
    }

    private mutating func expectLineEnd() throws(DatabaseError) {
        if let token = self.peek, token.counts { throw .migration("`\(token.text)` is not expected there.") }
        self.skipLineEnds()
    }

    private mutating func take(_ word: String) -> Bool {
        guard self.peek?.isWord(word) == true else { return false }
        self.advance()
        return true
    }

    private mutating func expect(_ word: String) throws(DatabaseError) {
        guard self.take(word) else {
            throw .migration("`\(word)` is missing before `\(self.peek.map { $0.text } ?? "the end")`.")
        }
    }

    private mutating func expect(symbol: Character) throws(DatabaseError) {
        guard self.peek?.isSymbol(symbol) == true else { throw .migration("`\(symbol)` is missing.") }
        self.advance()
    }

    private mutating func word() throws(DatabaseError) -> String {
        guard let token = self.peek, token.kind == .word else { throw .migration("A word is missing.") }
        self.advance()
        return token.text.lowercased()
    }

    private mutating func name() throws(DatabaseError) -> String {
        guard let name = self.peek?.identifier else {
            throw .migration("A name is missing before `\(self.peek.map { $0.text } ?? "the end")`.")
        }
        guard self.peek?.isClosed == true else { throw .migration("The name \(name) has no second quote.") }
        self.advance()
        return name
    }

    /// `table.column`.
    private mutating func path() throws(DatabaseError) -> (table: String, column: String) {
        let table = try self.name()
        try self.expect(symbol: ".")
        return (table, try self.name())
    }

    /// `(a, b)`.
    private mutating func names() throws(DatabaseError) -> [String] {
        try self.expect(symbol: "(")
        var names: [String] = []
        repeat {
            if !names.isEmpty { self.advance() }
            self.skipLineEnds()
            names.append(try self.name())
            self.skipLineEnds()
        } while self.peek?.isSymbol(",") == true
        try self.expect(symbol: ")")
        return names
    }

    /// The SQL between parentheses.
    private mutating func parenthesized() throws(DatabaseError) -> String {
        try self.expect(symbol: "(")
        var text = ""
        var depth = 1
        while self.position < self.tokens.count {
            let token = self.tokens[self.position]
            self.position += 1
            if token.isSymbol("(") { depth += 1 }
            if token.isSymbol(")") { depth -= 1 }
            if depth == 0 {
                self.skipSpaces()
                return text.normalizedSQL
            }
            text += token.text
        }
        throw .migration("A `)` is missing.")
    }
}
