// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import TandemSchema
import Testing

@Schema private struct Lengths: Equatable {
    var a = 1
    var ab = 2
    var abc = 3
    var abcd = 4
    var abcde = 5
    var abcdef = 6
    var abcdefg = 7
    var abcdefgh = 8
    var abcdefghi = 9
    var abcdefghijklmnop = 16
    var abcdefghijklmnopq = 17
    var abcdefghijklmnopqrstuvwx = 24
    @Key("") var empty = 0

    static let keys = [
        "a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghijklmnop",
        "abcdefghijklmnopq", "abcdefghijklmnopqrstuvwx", "",
    ]
}

/// Keys are compared in words that may overlap, together with what stands around them.
@Suite("Keys of every length are told apart")
struct KeyTests {
    private static func text(_ keys: [String], separator: String = ",", colon: String = ":") -> String {
        "{" + keys.map { "\"\($0)\"\(colon)\($0.utf8.count + 100)" }.joined(separator: separator) + "}"
    }

    /// What an object is read as in which only these keys are known.
    private static func value(_ keys: [String]) -> Lengths {
        func number(_ key: String) -> Int { key.utf8.count + (keys.contains(key) ? 100 : 0) }
        return Lengths(
            a: number("a"),
            ab: number("ab"),
            abc: number("abc"),
            abcd: number("abcd"),
            abcde: number("abcde"),
            abcdef: number("abcdef"),
            abcdefg: number("abcdefg"),
            abcdefgh: number("abcdefgh"),
            abcdefghi: number("abcdefghi"),
            abcdefghijklmnop: number("abcdefghijklmnop"),
            abcdefghijklmnopq: number("abcdefghijklmnopq"),
            abcdefghijklmnopqrstuvwx: number("abcdefghijklmnopqrstuvwx"),
            empty: number("")
        )
    }

    @Test("In the order of the declaration, in any other, and with space around them")
    func orders() throws {
        let all = Self.value(Lengths.keys)
        for turn in Lengths.keys.indices {
            let keys = Array(Lengths.keys[turn...] + Lengths.keys[..<turn])
            #expect(try JSON.decode(Lengths.self, from: Self.text(keys)) == all)
            #expect(try JSON.decode(Lengths.self, from: Self.text(keys.reversed())) == all)
            #expect(try JSON.decode(Lengths.self, from: Self.text(keys, separator: " ,\n", colon: " : ")) == all)
            #expect(try JSON.decode(Lengths.self, from: Self.text(keys, separator: ", ")) == all)
            #expect(try JSON.decode(Lengths.self, from: Self.text(keys, colon: ":\t")) == all)
        }
        #expect(try JSON.decode(Lengths.self, from: JSON.text(all)) == all)
    }

    @Test("A key with one letter more, less or other is another", arguments: Lengths.keys.indices)
    func others(index: Int) throws {
        let key = Lengths.keys[index]
        var others = [key + "X", "X" + key, key.uppercased() + "X"]
        for place in key.indices {
            others.append(key.replacingCharacters(at: place, with: "X"))
            others.append(key.replacingCharacters(at: place, with: "\\u0041"))
        }
        for other in others {
            var keys = Lengths.keys
            keys[index] = other
            #expect(try JSON.decode(Lengths.self, from: Self.text(keys)) == Self.value(keys), "\(other)")
        }
    }

    @Test("What is not an object is refused, wherever it goes wrong")
    func malformed() {
        let text = Self.text(Lengths.keys)
        for end in text.indices {
            #expect(throws: JSONError.self) { try JSON.decode(Lengths.self, from: String(text[..<end])) }
        }
        for (good, bad) in [(",", ";"), (",", ",,"), (":", "="), ("\"", "'"), ("{", "["), ("{", "{,"), ("}", ",}")] {
            for place in text.indices where String(text[place]) == good {
                let broken = text.replacingCharacters(at: place, with: bad)
                #expect(throws: (any Error).self, "\(broken)") { try JSON.decode(Lengths.self, from: broken) }
            }
        }
    }

    @Test("What is JSON to a type is JSON to any other", arguments: 1...4)
    func mutations(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let page = #"""
            {"items":[{"subject":"s","body":"more than sixteen bytes","priority":"high","stars":3,"tags":["x","yz"],"e-mail":"a@b.example"},{"subject":"\u00e9\n"}],"next":"abcdefg"}
            """#
        for _ in 0..<3_000 {
            let (lengths, points, page) = (
                Self.mutated(Self.text(Lengths.keys), &generator),
                Self.mutated(#"[{"x":1.95,"y":-12345678901.5e-3},{"x":0,"y":100}]"#, &generator),
                Self.mutated(page, &generator)
            )
            #expect(Self.isJSON(lengths, Lengths.self) == Self.isJSON(lengths, JSON.self), "\(lengths)")
            #expect(Self.isJSON(points, [Point].self) == Self.isJSON(points, JSON.self), "\(points)")
            #expect(Self.isJSON(page, Page<TicketReport>.self) == Self.isJSON(page, JSON.self), "\(page)")
        }
    }

    private static func mutated(_ text: String, _ generator: inout SeededGenerator) -> [UInt8] {
        let others = Array(#"{}[]",:\ 019.eE-+tnu/"#.utf8) + [0x00, 0x0A, 0x7F, 0x80, 0xC3, 0xFF]
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            let byte = others[Int.random(in: 0..<others.count, using: &generator)]
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes[place] = byte
            case 1: bytes.insert(byte, at: place)
            case 2: bytes.remove(at: place)
            default: bytes.removeLast(bytes.count - place)
            }
            if bytes.isEmpty { bytes.append(byte) }
        }
        return bytes
    }

    private static func isJSON<Value: Schema>(_ bytes: [UInt8], _ type: Value.Type) -> Bool {
        do {
            _ = try bytes.withUnsafeBytes { try JSON.decode(type, from: $0) }
        } catch is JSONError {
            return false
        } catch {}
        return true
    }
}

extension String {
    fileprivate func replacingCharacters(at place: Index, with text: String) -> String {
        String(self[..<place]) + text + String(self[self.index(after: place)...])
    }
}
