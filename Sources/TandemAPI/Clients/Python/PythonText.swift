// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// Python's small parts: names, literals, documentation.
enum PythonText {
    /// Words that cannot be names of members, be it that the language has them or that annotations need them.
    private static let reserved: Set<String> = [
        "and", "as", "assert", "async", "await", "bool", "break", "bytes", "class", "continue", "datetime", "def",
        "del", "elif", "else", "except", "field", "finally", "float", "for", "from", "global", "if", "import", "in",
        "int", "is", "lambda", "match", "none", "nonlocal", "not", "null", "object", "or", "pass", "print", "raise",
        "return", "self", "str", "super", "try", "type", "while", "with", "yield",
    ]

    /// The name of a member or of a parameter, with a line behind it where it is a word of Python.
    static func member(_ name: String) -> String {
        let snake = Identifier(name).snake
        return self.reserved.contains(snake) ? snake + "_" : snake
    }

    /// A value; JSON's texts for strings and numbers are Python's too.
    static func literal(_ value: JSON) -> String {
        switch value {
        case .null: "None"
        case .bool(let flag): flag ? "True" : "False"
        default: TypeScriptText.literal(value)
        }
    }

    /// A documentation string on lines of its own; nothing where there is nothing to say.
    static func documentation(_ text: String?, indent: String) -> String {
        guard let text, !text.isEmpty else { return "" }
        // Only in threes do quotation marks end the text, or at its end.
        let quoted = text.replacing("\\", with: "\\\\").replacing("\"\"\"", with: "\\\"\\\"\\\"")
            .replacing("\0", with: "")
        let lines = quoted.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let end = quoted.hasSuffix("\"") ? " " : ""
        if lines.count == 1 { return "\(indent)\"\"\"\(quoted)\(end)\"\"\"\n" }
        let body = lines.map { $0.isEmpty ? "" : indent + $0 }.joined(separator: "\n")
        return "\(indent)\"\"\"\(body.dropFirst(indent.count))\n\(indent)\"\"\"\n"
    }
}
