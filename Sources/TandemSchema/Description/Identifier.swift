// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A name of a document as the names of programming languages are written; what cannot stand in one is left out.
package struct Identifier {
    /// The words: what is between signs, and between humps.
    private let words: [String]
    /// The text between signs, with its humps.
    private let parts: [String]

    /// The identifiers of a name.
    package init(_ name: String) {
        let parts = name.unicodeScalars.split { !$0.isPartOfName }.map { String(String.UnicodeScalarView($0)) }
        self.parts = parts
        self.words = parts.flatMap(Self.humps)
    }

    /// As types are called: `PageTicket`.
    package var type: String { self.began(self.parts.map(\.capitalizedFirst).joined(), otherwise: "Unnamed") }

    /// As members are called in Swift and in TypeScript: `replyTo`.
    package var camel: String {
        guard let first = self.parts.first else { return "unnamed" }
        let head = Self.humps(of: first)
        let start = (head.first ?? "").lowercased() + head.dropFirst().joined()
        return self.began(start + self.parts.dropFirst().map(\.capitalizedFirst).joined(), otherwise: "unnamed")
    }

    /// As members are called in Python: `reply_to`.
    package var snake: String {
        self.began(self.words.map { $0.lowercased() }.joined(separator: "_"), otherwise: "unnamed")
    }

    private func began(_ text: String, otherwise fallback: String) -> String {
        guard let first = text.unicodeScalars.first else { return fallback }
        return first.properties.isXIDStart ? text : "_" + text
    }

    /// `userID` is `user` and `ID`, `HTTPServer` is `HTTP` and `Server`.
    package static func humps(of text: String) -> [String] {
        var words: [String] = []
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            let before = index > 0 ? characters[index - 1] : nil
            let isNextSmall = index + 1 < characters.count && characters[index + 1].isLowercase
            let begins = character.isUppercase && (before?.isUppercase == false || isNextSmall)
            if words.isEmpty || begins { words.append("") }
            words[words.count - 1].append(character)
        }
        return words
    }
}

extension Unicode.Scalar {
    fileprivate var isPartOfName: Bool {
        self.properties.isXIDContinue && self != "_" && !self.properties.isDefaultIgnorableCodePoint
    }
}

extension String {
    fileprivate var capitalizedFirst: String { self.prefix(1).uppercased() + self.dropFirst() }
}
