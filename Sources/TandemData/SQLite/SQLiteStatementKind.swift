// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What a statement is about, by its first word.
enum SQLiteStatementKind {
    /// It may be a read.
    case query
    case change
    /// What SQLite does only, or has an effect only, outside a transaction.
    case alone
    /// What begins or ends a transaction, which is the driver's to do.
    case boundary
    /// What begins or ends a part of a transaction.
    case savepoint

    init(_ text: String) {
        var words = Words(text.utf8[...])
        self =
            switch words.next() {
            case "SELECT", "WITH", "VALUES", "EXPLAIN": .query
            case "PRAGMA", "VACUUM", "ATTACH", "DETACH": .alone
            case "BEGIN", "COMMIT", "END": .boundary
            case "SAVEPOINT", "RELEASE": .savepoint
            case "ROLLBACK":
                switch words.next() {
                case "TO": .savepoint
                case "TRANSACTION": words.next() == "TO" ? .savepoint : .boundary
                default: .boundary
                }
            default: .change
            }
    }

    /// The words at the beginning, in capitals; comments stand between them as blanks do.
    private struct Words {
        private var rest: Substring.UTF8View

        init(_ rest: Substring.UTF8View) { self.rest = rest }

        mutating func next() -> String {
            self.skipBlanks()
            let word = self.rest.prefix { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 }.prefix(16)
            self.rest = self.rest.dropFirst(word.count)
            return String(decoding: word.map { $0 & ~0x20 }, as: UTF8.self)
        }

        private mutating func skipBlanks() {
            while let byte = self.rest.first {
                if self.rest.starts(with: "--".utf8) {
                    self.rest = self.rest.drop { $0 != UInt8(ascii: "\n") }
                } else if self.rest.starts(with: "/*".utf8) {
                    self.rest = self.rest.dropFirst(2)
                    while !self.rest.isEmpty, !self.rest.starts(with: "*/".utf8) { self.rest.removeFirst() }
                    self.rest = self.rest.dropFirst(2)
                } else if byte <= 0x20 || byte == UInt8(ascii: ";") {
                    self.rest.removeFirst()
                } else {
                    return
                }
            }
        }
    }
}
