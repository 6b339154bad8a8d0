// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// Words, names and SQL between parentheses, token by token.
extension MigrationParser {
    var peek: SQLToken? { self.position < self.tokens.count ? self.tokens[self.position] : nil }

    mutating func advance() {
        self.position += 1
        self.skipSpaces()
    }

    private mutating func skipSpaces() {
        while let token = self.peek, !token.counts, !token.text.contains(where: \.isNewline) { self.position += 1 }
    }

    mutating func skipLineEnds() {
        while let token = self.peek, !token.counts { self.position += 1 }
    }

    mutating func expectLineEnd() throws(DatabaseError) {
        if let token = self.peek, token.counts { throw .migration("`\(token.text)` is not expected there.") }
        self.skipLineEnds()
    }

    mutating func take(_ word: String) -> Bool {
        guard self.peek?.isWord(word) == true else { return false }
        self.advance()
        return true
    }

    mutating func expect(_ word: String) throws(DatabaseError) {
        guard self.take(word) else {
            throw .migration("`\(word)` is missing before `\(self.peek.map { $0.text } ?? "the end")`.")
        }
    }

    private mutating func expect(symbol: Character) throws(DatabaseError) {
        guard self.peek?.isSymbol(symbol) == true else { throw .migration("`\(symbol)` is missing.") }
        self.advance()
    }

    mutating func word() throws(DatabaseError) -> String {
        guard let token = self.peek, token.kind == .word else { throw .migration("A word is missing.") }
        self.advance()
        return token.text.lowercased()
    }

    mutating func name() throws(DatabaseError) -> String {
        guard let name = self.peek?.identifier else {
            throw .migration("A name is missing before `\(self.peek.map { $0.text } ?? "the end")`.")
        }
        guard self.peek?.isClosed == true else { throw .migration("The name \(name) has no second quote.") }
        self.advance()
        return name
    }

    /// `table.column`.
    mutating func path() throws(DatabaseError) -> (table: String, column: String) {
        let table = try self.name()
        try self.expect(symbol: ".")
        return (table, try self.name())
    }

    /// `(a, b)`.
    mutating func names() throws(DatabaseError) -> [String] {
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
    mutating func parenthesized() throws(DatabaseError) -> String {
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
