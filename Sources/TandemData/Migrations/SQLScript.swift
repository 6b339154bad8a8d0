// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// SQL that people wrote: statements with semicolons between them.
struct SQLScript {
    /// The statements without their semicolons; what is only comment is none.
    let statements: [String]

    /// Takes a text apart; a semicolon in a string, a comment, or the body of a trigger or a function parts nothing.
    init(_ text: String, _ dialect: Dialect) {
        var statements: [String] = []
        var current = Statement()
        for token in SQLTokens(text, dialect) {
            if token.isSymbol(";"), current.depth == 0 {
                statements.append(contentsOf: current.finished)
                current = Statement()
            } else {
                current.add(token)
            }
        }
        self.statements = statements + current.finished
    }

    /// The first statement that ends or begins a transaction, which is a migration's own business.
    var transactionControl: String? {
        self.statements.first { statement in
            let first = SQLTokens(statement, .postgreSQL).first { $0.counts }
            return ["begin", "commit", "end", "rollback", "start", "abort"].contains { first?.isWord($0) == true }
        }
    }

    /// A statement as far as it was read.
    private struct Statement {
        private var text = ""
        private var words = 0
        private var counts = false
        /// Whether it makes something that has a body of statements.
        private var hasBody = false
        private var isCreate = false
        /// How many parentheses, and blocks of a body, are open.
        private(set) var depth = 0

        var finished: [String] { self.counts ? [self.text.trimmingSpaces] : [] }

        mutating func add(_ token: SQLToken) {
            self.text += token.text
            guard token.counts else { return }
            self.counts = true
            if token.isSymbol("(") { self.depth += 1 }
            if token.isSymbol(")"), self.depth > 0 { self.depth -= 1 }
            guard token.kind == .word else { return }
            self.words += 1
            if self.words == 1 { self.isCreate = token.isWord("create") }
            // CREATE [OR REPLACE] [TEMP] TRIGGER: the kind is among the first words.
            if self.isCreate, self.words <= 5, ["trigger", "function", "procedure"].contains(where: token.isWord) {
                self.hasBody = true
            }
            guard self.hasBody else { return }
            if token.isWord("begin") || token.isWord("case") { self.depth += 1 }
            if token.isWord("end"), self.depth > 0 { self.depth -= 1 }
        }
    }
}

extension StringProtocol {
    /// Without spaces and line ends around it.
    var trimmingSpaces: String {
        let start = self.drop { $0.isWhitespace }
        return String(start[..<(start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex)])
    }
}
