// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Testing

@testable import Depot

@Suite("Debian's control format is cut into stanzas, whatever comes")
struct ControlParserTests {
    private static func stanzas(_ parts: [[UInt8]], limit: Int = 1 << 20) -> (stanzas: [Stanza], skipped: Int) {
        var parser = ControlParser(limit: limit)
        var stanzas: [Stanza] = []
        for part in parts { parser.parse(part) { stanzas.append($0) } }
        parser.finish { stanzas.append($0) }
        return (stanzas, parser.skipped)
    }

    private static func stanzas(_ text: String) -> [Stanza] { Self.stanzas([[UInt8](text.utf8)]).stanzas }

    @Test("Fields are found by their names, in any case, with the lines that go on")
    func fields() throws {
        let stanza = try #require(Self.stanzas("# no\nA: 1 \nB-c:  x\n y\n\tz\nd e f\nA: 2\nEmpty:\n").first)
        #expect(stanza["A"] == "1")
        #expect(stanza["b-C"] == "x\n y\n\tz")
        #expect(stanza["Empty"] == nil)
        #expect(stanza["C"] == nil)
    }

    @Test(
        "Empty lines tell stanzas apart, however many and however they end",
        arguments: ["A: 1\n\nA: 2", "\n\nA: 1\n\n\n\nA: 2\n\n", "A: 1\r\n\r\nA: 2\r\n", "A: 1\n \t\nA: 2\n"]
    )
    func apart(text: String) {
        #expect(Self.stanzas(text).map { $0["A"] } == ["1", "2"])
    }

    @Test("Nothing gives nothing", arguments: ["", "\n", "\n \n\r\n"])
    func nothing(text: String) {
        #expect(Self.stanzas(text).isEmpty)
    }

    @Test("Damaged UTF-8 and NULs become the sign for what cannot be read")
    func damage() {
        let (stanzas, _) = Self.stanzas([[UInt8]("A: x".utf8) + [0xFF, 0, 0xC3] + [UInt8]("y\n".utf8)])
        #expect(stanzas.first?["A"] == "x\u{FFFD}\u{FFFD}\u{FFFD}y")
    }

    @Test("A stanza that is too long is passed over, and the next is read")
    func limit() {
        let long = "A: 1\n\nA: \(String(repeating: "x", count: 100))\n y\n\nA: 3\n"
        let (stanzas, skipped) = Self.stanzas(long.utf8.map { [$0] }, limit: 64)
        #expect(stanzas.map { $0["A"] } == ["1", "3"])
        #expect(skipped == 1)
    }

    @Test("It does not matter where the bytes are cut")
    func split() {
        let text = [UInt8]("A: 1\n b\n\nC: é\r\n\r\n\n# x\nD: 4".utf8)
        let whole = Self.stanzas([text]).stanzas.map(\.fingerprint)
        for index in text.indices {
            let parts = [[UInt8](text[..<index]), [UInt8](text[index...])]
            #expect(Self.stanzas(parts).stanzas.map(\.fingerprint) == whole)
        }
        #expect(Self.stanzas(text.map { [$0] }).stanzas.map(\.fingerprint) == whole)
    }

    @Test("Any bytes are read to their end, and no record of them breaks a rule", arguments: 0..<200)
    func random(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let words = [
            "Package", "Version", "Depends", ": ", "\n", "\n\n", " ", "a", "1", "|", ",", "(>= ", ")", "\u{0}",
        ]
        let bytes = (0..<400).flatMap { _ -> [UInt8] in
            if Int.random(in: 0..<8, using: &random) == 0 { return [UInt8.random(in: 0...255, using: &random)] }
            return [UInt8]((words.randomElement(using: &random) ?? "").utf8)
        }
        let stanzas = Self.stanzas([[UInt8]("Package: a\nVersion: 1\nArchitecture: all\nDepends: ".utf8) + bytes])
        for stanza in stanzas.stanzas {
            guard let record = try? PackageRecord(stanza) else { continue }
            let alternatives = record.relations.values.joined().flatMap(\.alternatives)
            #expect(alternatives.allSatisfy { PackageRecord.isName($0.name[...]) })
            #expect(!record.description.contains("\0"))
        }
    }
}
