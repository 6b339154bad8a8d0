// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema
import Testing

/// Strings are looked at in words of 8 and 16 bytes, the last of which may overlap: each length and each place counts.
@Suite("Strings of every length are right, whatever stands at whichever place")
struct StringLengthTests {
    private static let lengths = 0...40

    /// Texts of ASCII with a character at each place.
    private static func texts(with character: Character) -> [String] {
        self.lengths.flatMap { length in
            (0..<length).map { place in
                let plain = String("abcdefghijklmnopqrstuvwxyz0123456789 -_,:".prefix(length - 1))
                return plain.prefix(place) + String(character) + plain.dropFirst(place)
            }
        }
    }

    /// A text as JSON, by the letter of RFC 8259, section 7.
    private static func reference(_ text: String) -> String {
        let short: [UInt8: String] = [
            0x22: "\\\"", 0x5C: "\\\\", 0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0C: "\\f", 0x0D: "\\r",
        ]
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            let long = byte < 0x20 ? "\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16) : nil
            if let escaped = short[byte] ?? long { bytes += escaped.utf8 } else { bytes.append(byte) }
        }
        return "\"" + String(decoding: bytes, as: UTF8.self) + "\""
    }

    @Test(
        "They are written and read again, at the end of the text and before more of it",
        arguments: [
            "x", "\"", "\\", "/", "\u{0}", "\u{8}", "\n", "\u{1F}", " ", "!", "#", "[", "]", "\u{7F}", "\u{80}",
            "\u{A2}",
            "\u{DC}", "\u{20AC}", "\u{1F600}",
        ] as [Character]
    )
    func roundTrip(character: Character) throws {
        let wrong = try Self.texts(with: character).filter { text in
            let written = Self.reference(text)
            let several = "[\(written),\(written),\"the end of the text is further away\"]"
            return try JSON.text(text) != written || JSON.decode(String.self, from: written) != text
                || JSON.decode([String].self, from: several) != [text, text, "the end of the text is further away"]
        }
        #expect(wrong == [])
    }

    @Test("Every escape is read at every place", arguments: ["\\n", "\\/", "\\u00e9", "\\u0041", "\\ud83d\\ude00"])
    func escapes(escape: String) throws {
        let meaning = ["\\n": "\n", "\\/": "/", "\\u00e9": "\u{E9}", "\\u0041": "A"][escape] ?? "\u{1F600}"
        let wrong = try Self.texts(with: "@").filter { text in
            let parts = text.split(separator: "@", omittingEmptySubsequences: false)
            let written = "\"" + parts.joined(separator: escape) + "\""
            return try JSON.decode([String].self, from: "[\(written),\(written)]")
                != [String](repeating: parts.joined(separator: meaning), count: 2)
        }
        #expect(wrong == [])
    }

    @Test("A byte that may not stand in a string is found at every place", arguments: [0x00, 0x1F, 0x80, 0xC3, 0xFF])
    func refused(byte: UInt8) {
        for length in Self.lengths.dropFirst() {
            for place in 0..<length {
                var string = [UInt8](repeating: UInt8(ascii: "a"), count: length)
                string[place] = byte
                for rest in ["\"", "\",\"and more of them\"]", "\",\"\(String(repeating: "x", count: 40))\"]"] {
                    let text = Array("[\"".utf8) + string + Array(rest.utf8)
                    #expect(throws: JSONError.self) {
                        try text.withUnsafeBytes { try JSON.decode(JSON.self, from: $0) }
                    }
                    #expect(throws: JSONError.self) {
                        try text.withUnsafeBytes { try JSON.decode([String].self, from: $0) }
                    }
                }
            }
        }
    }

    @Test("A string of any length without an end is refused", arguments: Self.lengths)
    func endless(length: Int) {
        let text = "\"" + String(repeating: "a", count: length)
        #expect(throws: JSONError.self) { try JSON.decode(String.self, from: text) }
        #expect(throws: JSONError.self) { try JSON.decode(String.self, from: text + "\\") }
        #expect(throws: JSONError.self) { try JSON.decode(String.self, from: text + "\\\"") }
    }
}
