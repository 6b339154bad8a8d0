// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import TandemHTTP
import Testing

@testable import TandemAPI

@Suite("The trie finds what trying each pattern in turn finds")
struct RandomRouteTests {
    @Test("Random tables and paths", arguments: 0..<20 as Range<UInt64>)
    func random(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var hits = 0
        for _ in 0..<25 {
            let texts = Set((0..<Int.random(in: 1...60, using: &generator)).map { _ in Self.pattern(&generator) })
            let table = try PatternTable(texts.sorted().map { try PathPattern($0) })
            let naive = NaiveTable(texts)
            for _ in 0..<80 {
                let path = Self.path(texts.sorted(), &generator)
                let expected = naive.find(path)
                #expect(try table.find(path) == expected, "\(path) in \(texts.sorted())")
                if expected != nil { hits += 1 }
            }
        }
        #expect(hits > 500)
    }

    private static let texts = ["a", "ab", "abc", "b", "me", "users", ".json", "é", "x%2Fy", "%25", "F"]

    /// A pattern; its parameters are named for where they stand, so that patterns of one form are equal.
    private static func pattern(_ generator: inout SeededGenerator) -> String {
        let depth = Int.random(in: 0...4, using: &generator)
        var text = ""
        for index in 0..<depth {
            let part = self.texts.randomElement(using: &generator) ?? ""
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<5: text += "/\(part)"
            case 5..<7: text += "/{p\(index)}"
            case 7: text += "/\(part){p\(index)}"
            case 8: text += "/{p\(index)}\(part)"
            default:
                text += "/\(part){p\(index)}\(self.texts.randomElement(using: &generator) ?? "")"
            }
        }
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return text + "/{p\(depth)*}"
        case 1: return text + "/"
        default: return text.isEmpty ? "/" : text
        }
    }

    /// A path, mostly like one of the patterns.
    private static func path(_ patterns: [String], _ generator: inout SeededGenerator) -> String {
        var path = ""
        if Bool.random(using: &generator), let pattern = patterns.randomElement(using: &generator) {
            path = pattern
            while let open = path.firstIndex(of: "{"), let close = path[open...].firstIndex(of: "}") {
                path.replaceSubrange(open...close, with: self.segment(&generator))
            }
        }
        for _ in 0..<Int.random(in: 0...3, using: &generator) { path += "/\(self.segment(&generator))" }
        return path
    }

    private static func segment(_ generator: inout SeededGenerator) -> String {
        let spellings = ["%61", "%C3%A9", "%c3%A9", "%2f", "%2F", "%25", "%46", "", "/"]
        let parts = (0..<Int.random(in: 0...2, using: &generator)).map { _ in
            (self.texts + spellings).randomElement(using: &generator) ?? ""
        }
        return parts.joined()
    }
}
