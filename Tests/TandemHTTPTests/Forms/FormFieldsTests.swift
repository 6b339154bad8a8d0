// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Testing

@testable import TandemHTTP

@Suite("Form fields")
struct FormFieldsTests {
    typealias Fields = [[String]]

    /// Most are of web-platform-tests, url/urlencoded-parser.any.js.
    static let texts: [(String, Fields)] = [
        ("test", [["test", ""]]),
        ("\u{FEFF}test=\u{FEFF}", [["\u{FEFF}test", "\u{FEFF}"]]),
        ("%EF%BB%BFtest=%EF%BB%BF", [["\u{FEFF}test", "\u{FEFF}"]]),
        ("%EF%BF%BF=%EF%BF%BF", [["\u{FFFF}", "\u{FFFF}"]]),
        ("%FE%FF", [["\u{FFFD}\u{FFFD}", ""]]),
        ("%FF%FE", [["\u{FFFD}\u{FFFD}", ""]]),
        ("†&†=x", [["†", ""], ["†", "x"]]),
        ("%C2", [["\u{FFFD}", ""]]),
        ("%C2x", [["\u{FFFD}x", ""]]),
        ("_charset_=windows-1252&test=%C2x", [["_charset_", "windows-1252"], ["test", "\u{FFFD}x"]]),
        ("", []),
        ("a", [["a", ""]]),
        ("a=b", [["a", "b"]]),
        ("a=", [["a", ""]]),
        ("=b", [["", "b"]]),
        ("=", [["", ""]]),
        ("&", []),
        ("&a", [["a", ""]]),
        ("a&", [["a", ""]]),
        ("a&a", [["a", ""], ["a", ""]]),
        ("a&b&c", [["a", ""], ["b", ""], ["c", ""]]),
        ("a=b&&c=d", [["a", "b"], ["c", "d"]]),
        ("a=b=c", [["a", "b=c"]]),
        ("a==", [["a", "="]]),
        ("a=b&c=d&", [["a", "b"], ["c", "d"]]),
        ("a+b=c+d", [["a b", "c d"]]),
        ("a=%2B+%20", [["a", "+  "]]),
        ("a=%", [["a", "%"]]),
        ("a=%a", [["a", "%a"]]),
        ("a=%a_", [["a", "%a_"]]),
        ("%%%61=%zz%4", [["%%a", "%zz%4"]]),
        ("id=0&value=%", [["id", "0"], ["value", "%"]]),
        ("b=%2sf%2a", [["b", "%2sf*"]]),
        ("b=%2%2af%2a", [["b", "%2*f*"]]),
        ("b=%%2a", [["b", "%*"]]),
        ("n%3D=%26%00%0D%0A", [["n=", "&\0\r\n"]]),
        ("a;b=c", [["a;b", "c"]]),
    ]

    @Test("Text is decoded as the URL Standard says", arguments: texts)
    func decodes(text: String, fields: Fields) {
        #expect(FormFields(urlEncoded: text).map { [$0.name, $0.value] } == fields)
    }

    @Test("Fields are encoded as the URL Standard says")
    func encodes() {
        let fields: FormFields = ["a b": "c+d", "*-._~": "é&=", "": ""]
        #expect(fields.urlEncoded == "a+b=c%2Bd&*-._%7E=%C3%A9%26%3D&=")
    }

    @Test("What was encoded is decoded to the same", arguments: 1...20)
    func roundTrips(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var fields = FormFields()
        for _ in 0..<Int.random(in: 0..<20, using: &random) {
            fields.add(Self.text(&random), Self.text(&random))
        }
        #expect(FormFields(urlEncoded: fields.urlEncoded) == fields)
    }

    private static func text(_ random: inout SeededGenerator) -> String {
        let alphabet: [Character] = ["a", "Z", "0", " ", "+", "%", "&", "=", "\0", "\r\n", "é", "漢", "🙂", "\u{7F}"]
        return String((0..<Int.random(in: 0..<9, using: &random)).map { _ in alphabet.randomElement(using: &random)! })
    }

    @Test("Fields are found, replaced and removed by name")
    func findsByName() {
        var fields: FormFields = ["tag": "a", "page": "2", "tag": "b"]
        #expect(fields["tag"] == "a")
        #expect(fields["none"] == nil)
        #expect(fields.all("tag") == ["a", "b"])
        #expect(fields.contains("page") && !fields.contains("PAGE"))
        fields["tag"] = "c"
        #expect(fields == ["page": "2", "tag": "c"])
        fields["page"] = nil
        #expect(fields.count == 1 && fields[0] == ("tag", "c"))
    }

    @Test("A description gives away no text")
    func hidesTexts() {
        let fields: FormFields = ["password": "hunter2"]
        #expect("\(fields)" == "password")
    }

    @Test(
        "The query's items are there",
        arguments: [
            ("/", []), ("/?", []), ("/a?b", [["b", ""]]), ("/?q=a?b", [["q", "a?b"]]),
            ("/search?q=caf%C3%A9+noir&page=2", [["q", "café noir"], ["page", "2"]]),
        ] as [(String, Fields)]
    )
    func readsTheQuery(target: String, fields: Fields) {
        #expect(Request(.get, target).queryItems.map { [$0.name, $0.value] } == fields)
    }
}
