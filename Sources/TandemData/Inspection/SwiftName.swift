// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// The words of a name in a database, and the names in Swift that are made of them.
struct SwiftName {
    private let words: [String]

    init(_ name: String) {
        let parts = name.split { !$0.isLetter && !$0.isNumber }
        self.words = parts.flatMap { Identifier.humps(of: String($0)) }.map { $0.lowercased() }
    }

    /// Words that Swift has in capitals.
    private static let initialisms: Set = ["id", "url", "uuid", "html", "json", "http", "api", "ip"]

    /// As properties are called: `customerID`.
    var property: String {
        let rest = self.words.dropFirst().map { Self.initialisms.contains($0) ? $0.uppercased() : Self.capitalized($0) }
        return Self.began((self.words.first ?? "") + rest.joined(), otherwise: "unnamed")
    }

    /// As types are called, in the singular: `OrderItem`.
    var type: String {
        let singular = self.words.dropLast() + self.words.suffix(1).map(Self.singular)
        return Self.began(singular.map(Self.capitalized).joined(), otherwise: "Unnamed")
    }

    private static func capitalized(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }

    private static func began(_ text: String, otherwise fallback: String) -> String {
        guard let first = text.unicodeScalars.first else { return fallback }
        return first.properties.isXIDStart ? text : "_" + text
    }

    private static let irregular = [
        "people": "person", "children": "child", "men": "man", "women": "woman", "series": "series", "news": "news",
        "movies": "movie", "cookies": "cookie", "indices": "index", "caches": "cache", "databases": "database",
        "data": "data", "media": "media",
    ]

    private static func singular(_ word: String) -> String {
        if let known = self.irregular[word] { return known }
        if word.hasSuffix("ies"), word.count > 4 { return word.dropLast(3) + "y" }
        for ending in ["sses", "shes", "ches", "xes", "zes"] where word.hasSuffix(ending) {
            return String(word.dropLast(2))
        }
        let isSingular = ["ss", "us", "is"].contains(where: word.hasSuffix)
        return word.hasSuffix("s") && word.count > 2 && !isSingular ? String(word.dropLast()) : word
    }
}

extension String {
    /// As a literal of Swift.
    var swiftLiteral: String { self.debugDescription.replacing("\\'", with: "'") }
}
