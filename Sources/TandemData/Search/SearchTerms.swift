// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What somebody typed into a search field: words, `"phrases in quotes"`, and `-words` that must not be there.
///
/// The last word may be the beginning of one. No text is an error, whatever is in it.
struct SearchTerms {
    private(set) var terms: [Term] = []

    struct Term: Hashable {
        var text: String
        var isExcluded = false
        /// Whether words that begin with it count too.
        var isPrefix = false
    }

    /// How many terms count; the rest of a longer text does not.
    private static let limit = 32

    init(_ text: String, _ language: SearchLanguage = .simple) {
        var rest = text[...]
        while self.terms.count < Self.limit {
            rest = rest.drop(while: \.isWhitespace)
            guard !rest.isEmpty else { break }
            var term = Term(text: "")
            if rest.first == "-" {
                term.isExcluded = true
                rest = rest.dropFirst()
            }
            if rest.first == "\"" {
                rest = rest.dropFirst()
                term.text = String(rest.prefix { $0 != "\"" })
                rest = rest.drop { $0 != "\"" }.dropFirst()
            } else {
                term.text = String(rest.prefix { !$0.isWhitespace && $0 != "\"" })
                rest = rest.drop { !$0.isWhitespace && $0 != "\"" }
                term.isPrefix = rest.isEmpty && !term.isExcluded
            }
            // What has no letter and no digit has no word in any language.
            guard term.text.contains(where: { $0.isLetter || $0.isNumber }), !language.leavesOut(term.text) else {
                continue
            }
            self.terms.append(term)
        }
    }

    /// Whether there is anything to look for; to leave out words alone is nothing.
    var isEmpty: Bool { self.terms.allSatisfy(\.isExcluded) }

    /// As SQLite's FTS5 reads it: every term quoted, so that no word is an operator.
    var fts5: String {
        let quoted = { (term: Term) in
            let text = term.text.filter { $0 != "\0" }.replacing("\"", with: "\"\"")
            return "\"\(text)\"\(term.isPrefix ? "*" : "")"
        }
        let wanted = self.terms.filter { !$0.isExcluded }.map(quoted).joined(separator: " AND ")
        return self.terms.filter(\.isExcluded).reduce("(\(wanted))") { "\($0) NOT \(quoted($1))" }
    }

    /// As PostgreSQL's `to_tsquery` reads it: every term quoted, so that no word is an operator.
    var tsquery: String {
        self.terms.map { term in
            let text = term.text.filter { $0 != "\0" }.replacing("\\", with: "\\\\").replacing("'", with: "''")
            return "\(term.isExcluded ? "!" : "")'\(text)'\(term.isPrefix ? ":*" : "")"
        }
        .joined(separator: " & ")
    }
}
