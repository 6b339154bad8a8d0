// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A piece of SQL text that belongs together.
struct SQLToken {
    enum Kind {
        case word
        /// A name between quotes.
        case name
        case string
        case number
        /// One character that is none of the others.
        case symbol
        case space
        case comment
    }

    let kind: Kind
    let text: Substring

    /// The name, where it is one, without quotes.
    var identifier: String? {
        switch self.kind {
        case .word: return String(self.text)
        case .name:
            guard let quote = self.text.first else { return nil }
            let end = quote == "[" ? "]" : String(quote)
            return String(self.text.dropFirst().dropLast()).replacing(end + end, with: end)
        default: return nil
        }
    }

    /// Whether a text or a name between quotes has its second one.
    var isClosed: Bool {
        guard let first = self.text.first(where: { $0 != "e" && $0 != "E" }), self.kind == .string || self.kind == .name
        else { return true }
        let end: Character = first == "[" ? "]" : first
        var rest = self.text[...]
        let hasEscapes = rest.first != first
        rest = rest.dropFirst(hasEscapes ? 2 : 1)
        while let character = rest.popFirst() {
            if hasEscapes, character == "\\" {
                rest = rest.dropFirst()
            } else if character == end {
                if rest.first != end { return rest.isEmpty }
                rest = rest.dropFirst()
            }
        }
        return false
    }

    /// Whether it is a word of SQL, in whatever case.
    func isWord(_ word: String) -> Bool { self.kind == .word && self.text.lowercased() == word.lowercased() }

    func isSymbol(_ symbol: Character) -> Bool { self.kind == .symbol && self.text.first == symbol }

    /// Whether it says something, as spaces and comments do not.
    var counts: Bool { self.kind != .space && self.kind != .comment }
}

/// The tokens of an SQL text, which together are the whole of it.
///
/// What is open at the end, such as a string without its second quote, reaches to the end.
struct SQLTokens: Sequence, IteratorProtocol {
    private var rest: Substring
    private let dialect: Dialect

    init(_ text: String, _ dialect: Dialect) {
        self.rest = text[...]
        self.dialect = dialect
    }

    mutating func next() -> SQLToken? {
        guard let first = self.rest.first else { return nil }
        let (kind, end) = self.token(first)
        defer { self.rest = self.rest[end...] }
        return SQLToken(kind: kind, text: self.rest[..<end])
    }

    private func token(_ first: Character) -> (SQLToken.Kind, Substring.Index) {
        if first.isWhitespace { return (.space, self.end { $0.isWhitespace }) }
        if self.rest.hasPrefix("--") { return (.comment, self.end { !$0.isNewline }) }
        if self.rest.hasPrefix("/*") { return (.comment, self.endOfComment()) }
        switch first {
        case "'": return (.string, self.end(ofQuoted: "'"))
        case "\"": return (.name, self.end(ofQuoted: "\""))
        case "`" where self.dialect == .sqlite: return (.name, self.end(ofQuoted: "`"))
        case "[" where self.dialect == .sqlite: return (.name, self.end(ofQuoted: "]"))
        case "$" where self.dialect == .postgreSQL:
            return self.endOfDollarQuoted().map { (.string, $0) } ?? (.symbol, self.after(1))
        default: break
        }
        if first.isNumber { return (.number, self.end { $0.isNumber || $0.isLetter || $0 == "." || $0 == "_" }) }
        guard first.isLetter || first == "_" else { return (.symbol, self.after(1)) }
        // A string of PostgreSQL in which a backslash hides a quote.
        if self.rest.prefix(2).lowercased() == "e'" { return (.string, self.end(ofQuoted: "'", at: 1, escape: "\\")) }
        return (.word, self.end { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" })
    }

    private func after(_ count: Int) -> Substring.Index {
        self.rest.index(self.rest.startIndex, offsetBy: count, limitedBy: self.rest.endIndex) ?? self.rest.endIndex
    }

    private func end(while isPart: (Character) -> Bool) -> Substring.Index {
        self.rest.firstIndex { !isPart($0) } ?? self.rest.endIndex
    }

    private func end(ofQuoted quote: Character, at start: Int = 0, escape: Character? = nil) -> Substring.Index {
        var index = self.after(start + 1)
        while index < self.rest.endIndex {
            let next = self.rest.index(after: index)
            if self.rest[index] == escape, next < self.rest.endIndex {
                index = self.rest.index(after: next)
            } else if self.rest[index] != quote {
                index = next
            } else if next < self.rest.endIndex, self.rest[next] == quote {
                index = self.rest.index(after: next)
            } else {
                return next
            }
        }
        return index
    }

    /// PostgreSQL's comments nest.
    private func endOfComment() -> Substring.Index {
        var depth = 0
        var index = self.rest.startIndex
        while index < self.rest.endIndex {
            let tail = self.rest[index...]
            if tail.hasPrefix("/*"), depth == 0 || self.dialect == .postgreSQL {
                depth += 1
                index = self.rest.index(index, offsetBy: 2)
            } else if tail.hasPrefix("*/") {
                depth -= 1
                index = self.rest.index(index, offsetBy: 2)
                if depth == 0 { return index }
            } else {
                index = self.rest.index(after: index)
            }
        }
        return index
    }

    /// The end of `$tag$ … $tag$`.
    private func endOfDollarQuoted() -> Substring.Index? {
        let tag = self.rest.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        guard tag.first?.isNumber != true, tag.endIndex < self.rest.endIndex, self.rest[tag.endIndex] == "$" else {
            return nil
        }
        let mark = "$\(tag)$"
        let body = self.rest[self.rest.index(after: tag.endIndex)...]
        return body.firstRange(of: mark)?.upperBound ?? self.rest.endIndex
    }
}

extension String {
    /// SQL with every run of spaces and comments as one space, so that two texts that say the same are the same.
    var normalizedSQL: String {
        var text = ""
        for token in SQLTokens(self, .postgreSQL) {
            if token.counts { text += token.text } else if !text.hasSuffix(" ") { text += " " }
        }
        let trimmed = text.drop { $0 == " " }
        return String(trimmed.hasSuffix(" ") ? trimmed.dropLast() : trimmed)
    }

    /// SQL in which a column has another name.
    func renamingSQLColumn(_ old: String, to name: String) -> String {
        let tokens = Array(SQLTokens(self, .postgreSQL))
        let isPlain = name.allSatisfy { $0 == "_" || $0.isASCII && ($0.isLowercase || $0.isNumber) }
        return tokens.indices.map { index in
            let token = tokens[index]
            guard token.identifier == old, !tokens.isCall(at: index) else { return String(token.text) }
            return token.kind == .name || !isPlain ? name.quotedName : name
        }.joined()
    }

    /// Whether a formula of SQL names a column.
    func mentionsSQLColumn(_ name: String) -> Bool {
        let tokens = Array(SQLTokens(self, .postgreSQL))
        return tokens.indices.contains { index in
            tokens[index].identifier?.lowercased() == name.lowercased() && !tokens.isCall(at: index)
        }
    }

    /// Whether SQL mentions a name.
    func mentionsSQLName(_ name: String) -> Bool {
        SQLTokens(self, .postgreSQL).contains { $0.identifier?.lowercased() == name.lowercased() }
    }

    /// The text as a string in SQL.
    var quotedSQLString: String { "'\(self.replacing("'", with: "''"))'" }
}

extension [SQLToken] {
    /// Whether a name is that of a function, since a parenthesis follows it.
    fileprivate func isCall(at index: Int) -> Bool {
        self[(index + 1)...].first { $0.counts }?.isSymbol("(") == true
    }
}
