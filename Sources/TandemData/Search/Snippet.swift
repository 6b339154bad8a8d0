// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A piece of a text in which a search found something.
public struct Snippet: Hashable, Sendable {
    /// The text in parts, those that were found and those between them.
    public let parts: [Part]

    /// A part of the text.
    public struct Part: Hashable, Sendable {
        /// The text.
        public let text: String
        /// Whether it is what was looked for.
        public let isMatch: Bool
    }

    /// What databases put around what they find: characters that no text has.
    static let marks: (start: Character, end: Character) = ("\u{2}", "\u{3}")

    /// Takes a marked text apart.
    init(marked text: String) {
        var parts: [Part] = []
        for (index, piece) in text.split(separator: Self.marks.start, omittingEmptySubsequences: false).enumerated() {
            let halves =
                index == 0
                ? ["", piece] : piece.split(separator: Self.marks.end, maxSplits: 1, omittingEmptySubsequences: false)
            if let match = halves.first, !match.isEmpty { parts.append(Part(text: String(match), isMatch: true)) }
            if halves.count > 1, !halves[1].isEmpty {
                let rest = halves[1].filter { $0 != Self.marks.end }
                parts.append(Part(text: rest, isMatch: false))
            }
        }
        self.parts = parts
    }

    /// The text without anything around what was found.
    public var text: String { self.parts.map(\.text).joined() }

    /// As HTML: what was found within `<mark>`, all of it escaped.
    public var html: String {
        self.parts.map { $0.isMatch ? "<mark>\(Self.escaped($0.text))</mark>" : Self.escaped($0.text) }.joined()
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
