// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Testing

@testable import Depot

@Suite("Relation fields are read into alternatives")
struct RelationParserTests {
    @Test(
        "What is read is written the same way",
        arguments: [
            ("a", "a"), ("a | b (>= 1.2) [amd64], c:any", "a | b (>= 1.2) [amd64], c:any"),
            ("libc6(>=2.36)", "libc6 (>= 2.36)"), ("a (<< 1:2~rc1-3)", "a (<< 1:2~rc1-3)"), ("a (< 1)", "a (<= 1)"),
            ("a (> 1)", "a (>= 1)"), (" a  ,\n b\t| c , ", "a, b | c"), ("a [!armel  i386]", "a [!armel i386]"),
            ("a <!nocheck> <cross>", "a"), ("g++ (= 4:12.2.0-3)", "g++ (= 4:12.2.0-3)"), ("", ""), (",, ,", ""),
        ]
    )
    func wellFormed(field: String, expected: String) {
        let parser = RelationParser(field)
        #expect(parser.relations.map(\.description).joined(separator: ", ") == expected)
        #expect(parser.malformed == 0)
    }

    @Test(
        "An entry that cannot be read is left out, and the others stay",
        arguments: [
            "a |", "| a", "a (1)", "a (>= )", "a (>= 1", "a (>> 1 2)", "a b", "-a", "a:", "a:b:c", "a (=> 1)", "é",
            "a (>= 1) (<< 2)", "a ]", "a [amd64", "a\u{0}", String(repeating: "a", count: 257),
        ]
    )
    func malformed(entry: String) {
        let parser = RelationParser("x, \(entry), y")
        #expect(parser.relations.map(\.description) == ["x", "y"])
        #expect(parser.malformed == 1)
    }

    @Test("There are no more than the limit")
    func limit() {
        let parser = RelationParser(String(repeating: "a,", count: RelationParser.limit + 5))
        #expect(parser.relations.count == RelationParser.limit)
        #expect(parser.malformed == 5)
    }

    @Test("Relations that were made up come back", arguments: 0..<100)
    func roundTrip(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &random)] }
        let relations = (0..<Int.random(in: 1...5, using: &random)).map { _ in
            PackageRelation(
                alternatives: (0..<Int.random(in: 1...3, using: &random)).map { _ in
                    PackageRelation.Alternative(
                        name: pick(["a", "libstdc++6", "x.y-z"]),
                        qualifier: pick([nil, "any", "amd64"]),
                        condition: pick([
                            nil, .init(order: .later, version: "1~"), .init(order: .equal, version: "2:3-4+b1"),
                        ]),
                        architectures: pick([[], ["amd64"], ["!armel", "!i386"]])
                    )
                }
            )
        }
        let parser = RelationParser(relations.map(\.description).joined(separator: ", "))
        #expect(parser.relations == relations)
    }

    @Test(
        "A condition allows versions",
        arguments: [
            ("a (>= 1.2)", "1.2", true), ("a (>= 1.2)", "1.2~", false), ("a (<< 2)", "1.9", true),
            ("a (<< 2)", "2", false), ("a (>> 2)", "2.0.1", true), ("a (= 1)", "1-0", true), ("a (<= 1)", "1:0", false),
        ]
    )
    func conditions(field: String, version: String, isAllowed: Bool) throws {
        let alternative = try #require(RelationParser(field).relations.first?.alternatives.first)
        #expect(alternative.condition?.allows(version) == isAllowed)
    }
}
