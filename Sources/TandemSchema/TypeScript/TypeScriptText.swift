// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// TypeScript's small parts: comments, names, literals.
package enum TypeScriptText {
    /// A documentation comment, with what it stands before still to come; nothing where there is nothing to say.
    package static func comment(
        _ text: String?,
        isDeprecated: Bool = false,
        fallback: JSON? = nil,
        indent: String = ""
    ) -> String {
        var lines = (text ?? "").split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        if lines == [""] { lines = [] }
        if let fallback { lines.append("@default \(self.literal(fallback))") }
        if isDeprecated { lines.append("@deprecated") }
        // A comment that says where comments end would end there.
        lines = lines.map { $0.replacing("*/", with: "*\u{200B}/").trimmingTrailingSpaces }
        switch lines.count {
        case 0: return ""
        case 1: return "\(indent)/** \(lines[0]) */\n"
        default:
            let body = lines.map { "\(indent) *\($0.isEmpty ? "" : " ")\($0)\n" }.joined()
            return "\(indent)/**\n\(body)\(indent) */\n"
        }
    }

    /// A value; JSON's texts are TypeScript's too, but for two characters that end its lines.
    package static func literal(_ value: JSON) -> String {
        ((try? JSON.text(value)) ?? "null").replacing("\u{2028}", with: "\\u2028").replacing(
            "\u{2029}",
            with: "\\u2029"
        )
    }

    /// A property's name as it stands in a type, quoted where it must be.
    package static func name(_ name: String) -> String {
        self.isIdentifier(name) ? name : self.literal(.string(name))
    }

    /// A property's name as it stands in an object; `__proto__` would otherwise be no property.
    package static func key(_ name: String) -> String {
        name == "__proto__" ? "[\"__proto__\"]" : self.name(name)
    }

    /// Whether a name needs no quotes.
    package static func isIdentifier(_ name: String) -> Bool {
        let isWord = name.utf8.allSatisfy {
            $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "$")
        }
        return isWord && name.utf8.first.map { $0 &- 0x30 >= 10 } == true
    }
}

extension String {
    /// The text without spaces at its end.
    fileprivate var trimmingTrailingSpaces: String {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
