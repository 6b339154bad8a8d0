// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema
import Testing

@Suite("Patterns are regular expressions of ECMAScript, in linear time")
struct PatternTests {
    @Test(
        "Texts that match, and texts that do not",
        arguments: [
            ("^[A-Z]{3}-[0-9]{4}$", ["ABC-1234"], ["abc-1234", "ABC-123", "ABC-12345", "xABC-1234", ""]),
            ("a", ["a", "bab"], ["", "b"]), ("", ["", "x"], []), ("^$", [""], ["x"]),
            ("^a|b$", ["ax", "xb"], ["xa", "bx"]),
            ("^(a|bc)*$", ["", "a", "bca", "abcbc"], ["b", "ab"]), ("^a+?b?$", ["a", "aab"], ["b", "abb"]),
            ("^.{2,3}$", ["ab", "abc", "\u{1F600}x"], ["a", "abcd", "a\nb"]),
            ("^\\d\\D\\w\\W\\s\\S$", ["1a_- x"], ["aa_- x"]),
            ("^[^a-c\\d]$", ["d", "-"], ["a", "5", ""]), ("^[\\]\\-^]+$", ["]-^"], ["a"]),
            ("^[a-]$", ["a", "-"], ["b"]),
            ("\\bfoo\\b", ["foo", "a foo b"], ["food", "afoo"]), ("\\Bo", ["foo"], ["o f"]),
            ("^\\u0041\\x42\\n\\t$", ["AB\n\t"], ["AB"]), ("^(?:a{2}){2}$", ["aaaa"], ["aaa", "aaaaa"]),
            ("^\\.\\*\\{\\(\\/$", [".*{(/"], ["a"]), ("^a{0}b$", ["b"], ["ab"]), ("^[\\s\\S]*$", ["a\nb", ""], []),
            ("^\u{E9}$", ["\u{E9}"], ["e"]), ("(^|,)x(,|$)", ["x", "a,x", "x,b"], ["ax"]),
            ("$^", [""], ["a", "\u{E9}"]), ("$", ["", "a", "\u{E9}"], []), ("a^", [], ["", "a", "aa"]),
            ("^ab", ["ab", "ab\u{E9}"], ["b\u{E9}", "a\u{E9}b"]), ("ab", ["\u{E9}ab", "\u{E9}ab\u{E9}"], ["\u{E9}b"]),
            ("^a*$", ["", String(repeating: "a", count: 100)], [String(repeating: "a", count: 100) + "b"]),
        ] as [(String, [String], [String])]
    )
    func matching(expression: String, good: [String], bad: [String]) throws {
        let pattern = try Pattern(expression)
        for text in good { #expect(pattern.matches(text), "\(text)") }
        for text in bad { #expect(!pattern.matches(text), "\(text)") }
    }

    @Test(
        "Expressions that cannot be read are refused",
        arguments: [
            "(", ")", "[a", "*", "a**", "a{2", "a{3,2}", "{", "\\", "\\q", "(?=a)", "(?<n>a)", "\\1", "[b-a]",
            "a{9999}",
            "\\u12", "[\\d-z]", "((a{1000}){1000}){1000}",
        ]
    )
    func malformed(expression: String) {
        #expect(throws: PatternError.self) { try Pattern(expression) }
    }

    @Test("A text that has others search for ever is matched in linear time")
    func linear() throws {
        let text = String(repeating: "a", count: 20_000)
        #expect(try !Pattern("^(a+)+$").matches(text + "!"))
        #expect(try Pattern("^(a|aa)*$").matches(text))
    }
}
