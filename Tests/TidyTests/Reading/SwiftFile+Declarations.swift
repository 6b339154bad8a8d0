// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What a file declares.
extension SwiftFile {
    struct Function {
        let name: String
        let line: Int
        /// The lines from its keyword to its closing brace.
        let length: Int
    }

    struct ProtocolDeclaration {
        let name: String
        let line: Int
        let requirements: Int
        /// Whether a comment above it or in it says why it is wide.
        let isExplained: Bool
    }

    /// The functions, initializers and subscripts that have a body.
    var functions: [Function] {
        self.words.enumerated().compactMap { index, word in
            guard Self.functionKeywords.contains(word.text), self.byte(before: word) != UInt8(ascii: ".") else {
                return nil
            }
            guard let body = self.body(ofDeclarationAt: index) else { return nil }
            let name = word.text == "func" ? self.words[index + 1].text : word.text
            let length = 1 + self.code[word.offset...body.upperBound].count { $0 == UInt8(ascii: "\n") }
            return Function(name: name, line: word.line, length: length)
        }
    }

    /// The protocols.
    var protocols: [ProtocolDeclaration] {
        self.words.enumerated().compactMap { index, word in
            guard word.text == "protocol", let body = self.body(ofDeclarationAt: index) else { return nil }
            let requirements = self.words.count { other in
                body.contains(other.offset) && Self.requirementKeywords.contains(other.text)
                    && self.depth(of: other.offset, in: body) == 1
            }
            let end = word.line + self.code[word.offset...body.upperBound].count { $0 == UInt8(ascii: "\n") }
            let text = self.comment(above: word.line) + self.lines[(word.line - 1)..<end].joined(separator: "\n")
            return ProtocolDeclaration(
                name: self.words[index + 1].text,
                line: word.line,
                requirements: requirements,
                isExplained: text.contains("// Wide because:")
            )
        }
    }

    /// The names of types.
    var typeNames: [Word] {
        zip(self.words, self.words.dropFirst()).compactMap { keyword, name in
            let isType = Self.typeKeywords.contains(keyword.text) && !Self.memberKeywords.contains(name.text)
            return isType && self.byte(before: keyword) != UInt8(ascii: ".") ? name : nil
        }
    }

    /// The modules imported, each with the access it is imported with.
    var imports: [(module: String, access: String, line: Int)] {
        self.words.enumerated().compactMap { index, word in
            guard word.text == "import", index + 1 < self.words.count else { return nil }
            let before = index > 0 ? self.words[index - 1] : nil
            let access = before.flatMap { $0.line == word.line ? $0.text : nil } ?? "internal"
            let kinds: Set = ["struct", "class", "enum", "protocol", "func", "typealias", "var", "let"]
            let module = kinds.contains(self.words[index + 1].text) ? index + 2 : index + 1
            return (self.words[module].text, access, word.line)
        }
    }

    /// The comment lines directly above a line, attributes and conditions between them left out.
    func comment(above line: Int) -> String {
        var comment: [Substring] = []
        for text in self.lines[..<(line - 1)].reversed() {
            let text = text.drop { $0 == " " }
            if text.hasPrefix("//") {
                comment.append(text)
            } else if !text.hasPrefix("@"), !text.hasPrefix("#if") {
                break
            }
        }
        return comment.reversed().joined(separator: "\n")
    }

    private static let functionKeywords: Set = ["func", "init", "deinit", "subscript"]
    private static let requirementKeywords: Set = ["func", "var", "init", "subscript", "associatedtype"]
    private static let typeKeywords: Set = ["struct", "class", "enum", "protocol", "actor", "typealias"]
    private static let memberKeywords: Set = ["func", "var", "let", "subscript"]
    /// The bytes between the braces of a declaration, both included; `nil` where it has none, as requirements do.
    private func body(ofDeclarationAt index: Int) -> ClosedRange<Int>? {
        var depth = 0
        for offset in (self.words[index].offset + 1)..<self.code.count {
            switch self.code[offset] {
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "{") where depth == 0: return self.closingBrace(of: offset).map { offset...$0 }
            case UInt8(ascii: "}") where depth == 0: return nil
            default: break
            }
            if depth == 0, self.declarations.contains(offset) { return nil }
        }
        return nil
    }

    private func closingBrace(of opening: Int) -> Int? {
        var depth = 0
        for offset in opening..<self.code.count {
            if self.code[offset] == UInt8(ascii: "{") { depth += 1 }
            if self.code[offset] == UInt8(ascii: "}") { depth -= 1 }
            if depth == 0 { return offset }
        }
        return nil
    }

    private func depth(of offset: Int, in body: ClosedRange<Int>) -> Int {
        self.code[body.lowerBound...offset].reduce(0) { depth, byte in
            switch byte {
            case UInt8(ascii: "{"): depth + 1
            case UInt8(ascii: "}"): depth - 1
            default: depth
            }
        }
    }
}
