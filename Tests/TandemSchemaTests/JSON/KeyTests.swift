// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

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
}

extension String {
    fileprivate func replacingCharacters(at place: Index, with text: String) -> String {
        String(self[..<place]) + text + String(self[self.index(after: place)...])
    }
}
