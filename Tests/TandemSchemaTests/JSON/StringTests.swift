// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema
import Testing

@Suite("Strings are UTF-8, and their escapes are right")
struct StringTests {
    @Test(
        "Escapes stand for their characters",
        arguments: [
            (#""""#, ""), (#""a""#, "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
            (#""\u0041\u00e9\u20AC""#, "A\u{E9}\u{20AC}"), (#""\ud83d\uDE00""#, "\u{1F600}"),
            (#""a\u0000b""#, "a\0b"), ("\"\u{1F600}\u{E9}\"", "\u{1F600}\u{E9}"),
            (
                #""long enough for several words \n of eight bytes each""#,
                "long enough for several words \n of eight bytes each"
            ),
        ]
    )
    func escapes(text: String, value: String) throws {
        #expect(try JSON.decode(String.self, from: text) == value)
        #expect(try JSON.decode(String.self, from: JSON.text(value)) == value)
    }

    @Test(
        "What is no string is refused",
        arguments: [
            #""\x""#, #""\u12""#, #""\u12G4""#, #""\ud83d""#, #""\ud83dx""#, #""\ud83d\u0041""#, #""\ude00""#, "\"a",
            "\"a\\", "\"\u{1}\"", "\"a\nb\"", "'a'", #""a"b"#,
        ]
    )
    func malformed(text: String) {
        #expect(throws: JSONError.self) { try JSON.decode(String.self, from: text) }
    }

    @Test(
        "Bytes that are not UTF-8 are refused, also where the value is skipped",
        arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF4, 0x90, 0x80, 0x80]] as [[UInt8]]
    )
    func invalid(bytes: [UInt8]) {
        let text = Array(#"{"z":""#.utf8) + bytes + Array(#"","x":1,"y":1}"#.utf8)
        #expect(throws: JSONError.self) { try text.withUnsafeBytes { try JSON.decode(JSON.self, from: $0) } }
        #expect(throws: JSONError.self) { try text.withUnsafeBytes { try JSON.decode(Point.self, from: $0) } }
    }

    @Test(
        "Every character is written so that it reads the same",
        arguments: [0...0xFF, 0x2020...0x2030, 0x1F600...0x1F610]
    )
    func everyCharacter(range: ClosedRange<UInt32>) throws {
        for text in range.compactMap(Unicode.Scalar.init).map({ "a\($0)b" }) {
            #expect(try JSON.decode(String.self, from: JSON.text(text)) == text)
        }
        #expect(try JSON.text("\u{1}\u{1F}\u{7F}") == "\"\\u0001\\u001f\u{7F}\"")
    }
}
