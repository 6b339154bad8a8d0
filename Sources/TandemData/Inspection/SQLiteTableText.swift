// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What only the text says that made a table of SQLite.
struct SQLiteTableText {
    struct Column {
        /// The type that a comment names, as in our own tables.
        var type: ColumnType?
        var isCounted = false
        var generated: String?
    }

    /// By their names in small letters.
    private(set) var columns: [String: Column] = [:]
    private(set) var checks: [(name: String?, column: String?, rule: String)] = []
    private(set) var isStrict = false

    /// Reads `CREATE TABLE name (…) STRICT`; of what it does not understand it says nothing.
    init(_ text: String) {
        var entries: [[SQLToken]] = [[]]
        var depth = 0
        for token in SQLTokens(text, .sqlite) {
            if token.isSymbol(")") { depth -= 1 }
            if depth == 1, token.isSymbol(",") {
                entries.append([])
            } else if depth > 0 {
                entries[entries.count - 1].append(token)
            } else if token.isWord("strict") {
                self.isStrict = true
            }
            if token.isSymbol("(") { depth += 1 }
        }
        for entry in entries { self.read(entry) }
    }

    private static let constraints = ["constraint", "primary", "unique", "check", "foreign"]

    private mutating func read(_ entry: [SQLToken]) {
        guard let start = entry.firstIndex(where: \.counts), let name = entry[start].identifier else { return }
        let isColumn = !Self.constraints.contains(where: entry[start].isWord)
        var column = Column()
        var constraint: String?
        var rest = entry[(isColumn ? start + 1 : start)...]
        while let token = rest.popFirst() {
            if token.kind == .comment, column.type == nil {
                let words = token.text.dropFirst(2).dropLast(2).trimmingSpaces
                column.type = token.text.hasPrefix("/*") ? ColumnType(rawValue: words) : nil
            } else if token.isWord("constraint") {
                constraint = rest.first { $0.counts }?.identifier
            } else if token.isWord("check") {
                self.checks.append((constraint, isColumn ? name : nil, Self.parenthesized(&rest)))
                constraint = nil
            } else if token.isWord("as") {
                column.generated = Self.parenthesized(&rest)
            } else if token.isWord("key") {
                // `INTEGER PRIMARY KEY` at the column itself is what SQLite counts up.
                column.isCounted = isColumn && entry.contains { $0.isWord("primary") } && Self.isInteger(entry)
            } else if token.isSymbol("(") {
                Self.skip(&rest)
            }
        }
        if isColumn { self.columns[name.lowercased()] = column }
    }

    private static func isInteger(_ entry: [SQLToken]) -> Bool {
        entry.filter(\.counts).dropFirst().first?.isWord("integer") ?? false
    }

    /// What is between the next parentheses.
    private static func parenthesized(_ rest: inout ArraySlice<SQLToken>) -> String {
        while let token = rest.first, !token.isSymbol("(") { rest.removeFirst() }
        rest = rest.dropFirst()
        let start = rest
        Self.skip(&rest)
        let inside = start.prefix(max(start.count - rest.count - 1, 0))
        return inside.map { String($0.text) }.joined().normalizedSQL
    }

    /// Goes behind the parenthesis that closes the one before.
    private static func skip(_ rest: inout ArraySlice<SQLToken>) {
        var depth = 1
        while depth > 0, let token = rest.popFirst() {
            if token.isSymbol("(") { depth += 1 }
            if token.isSymbol(")") { depth -= 1 }
        }
    }
}
