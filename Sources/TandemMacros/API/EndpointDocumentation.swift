// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What the comment before a function says, in its parts.
///
/// It has the callouts that Swift has: `- Parameter name:`, `- Parameters:` with a list, `- Returns:`, `- Throws:`.
struct EndpointDocumentation {
    /// The first paragraph, in one line.
    private(set) var summary: String?
    /// The other paragraphs, without the callouts.
    private(set) var details: String?
    /// What is said of each parameter, by its name.
    private(set) var parameters: [String: String] = [:]
    /// What is said of the result.
    private(set) var result: String?

    private enum Callout {
        case parameter(String)
        case parameters
        case returns
        case `throws`
    }

    init(_ text: String) {
        var kept: [Substring] = []
        var callout: Callout?
        // How far the names below `- Parameters:` are indented.
        var indent: Int?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.drop(while: \.isWhitespace)
            let depth = line.count - words.count
            if depth == 0, let (next, words) = Self.callout(words) {
                (callout, indent) = (next, nil)
                self.add(words, to: next)
            } else if callout != nil, indent.map({ $0 == depth }) ?? Self.isList(callout), let item = Self.item(words) {
                (callout, indent) = (.parameter(item.name), depth)
                self.add(item.words, to: .parameter(item.name))
            } else if let callout, depth > 0 || words.isEmpty {
                self.add(words, to: callout)
            } else {
                callout = nil
                kept.append(line)
            }
        }
        let end = kept.firstIndex { $0.allSatisfy(\.isWhitespace) } ?? kept.count
        self.summary = Self.text(kept[..<end].joined(separator: " "))
        self.details = Self.text(kept[end...].joined(separator: "\n"))
    }

    private mutating func add(_ words: Substring, to callout: Callout) {
        guard let words = Self.text(words) else { return }
        switch callout {
        case .parameter(let name): self.parameters[name] = self.parameters[name].map { "\($0) \(words)" } ?? words
        case .returns: self.result = self.result.map { "\($0) \(words)" } ?? words
        case .parameters, .throws: break
        }
    }

    private static func isList(_ callout: Callout?) -> Bool { if case .parameters? = callout { true } else { false } }

    /// Reads the beginning of a callout, and what follows its colon.
    private static func callout(_ line: Substring) -> (Callout, Substring)? {
        guard let (name, words) = self.item(line) else { return nil }
        let head = name.split(whereSeparator: \.isWhitespace)
        switch (head.first?.lowercased(), head.count) {
        case ("parameter", 2): return (.parameter(String(head[1])), words)
        case ("parameters", 1): return (.parameters, words)
        case ("returns", 1): return (.returns, words)
        case ("throws", 1): return (.throws, words)
        default: return nil
        }
    }

    /// Reads `- name: words`.
    private static func item(_ line: Substring) -> (name: String, words: Substring)? {
        guard let marker = line.first, "-*+".contains(marker), line.dropFirst().first == " ",
            let colon = line.firstIndex(of: ":"), let name = Self.text(line[..<colon].dropFirst())
        else { return nil }
        return (name, line[colon...].dropFirst())
    }

    /// A text without the white space around it; `nil` where nothing is left.
    private static func text(_ text: some StringProtocol) -> String? {
        var words = Substring(text).drop(while: \.isWhitespace)
        while words.last?.isWhitespace == true { words.removeLast() }
        return words.isEmpty ? nil : String(words)
    }
}
