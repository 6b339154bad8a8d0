// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// Values: numbers, texts, truth, JSON, now.
extension MigrationParser {
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
}
