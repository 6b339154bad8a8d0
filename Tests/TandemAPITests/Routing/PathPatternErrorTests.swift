// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import Testing

@testable import TandemAPI

@Suite("A pattern that is wrong says what to write")
struct PathPatternErrorTests {
    struct Wrong: Sendable, CustomTestStringConvertible {
        let text: String
        let position: Int
        let reason: String
        let cure: String

        init(_ text: String, at position: Int, _ reason: String, _ cure: String) {
            self.text = text
            self.position = position
            self.reason = reason
            self.cure = cure
        }

        var testDescription: String { self.text }
    }

    @Test(
        "The text is refused",
        arguments: [
            Wrong("/a/{id", at: 4, "`{` has no `}`", "`%7B`"),
            Wrong("/{a/b}", at: 2, "`{` has no `}`", "`{id}`"),
            Wrong("/a/id}", at: 6, "`}` has no `{`", "`%7D`"),
            Wrong("/{a}}", at: 5, "`}` has no `{`", "`%7D`"),
            Wrong("/}{a}", at: 2, "`}` has no `{`", "`%7D`"),
            Wrong("/a/{}", at: 5, "has no name", "`{id}`"),
            Wrong("/{*}", at: 3, "has no name", "`{path*}`"),
            Wrong("/{a-b}", at: 4, "`a-b` is no name", "`{user_id}`"),
            Wrong("/{1a}", at: 3, "`1a` is no name", "no digit at the start"),
            Wrong("/{id:int}", at: 5, "`id:int` is no name", "letters"),
            Wrong("/{*path}", at: 3, "`*path` is no name", "letters"),
            Wrong("/{path...}", at: 7, "`path...` is no name", "letters"),
            Wrong("/{ä}", at: 3, "`ä` is no name", "letters a to z"),
            Wrong("/{a{b}}", at: 4, "`a{b` is no name", "letters"),
            Wrong("/{a}-{b}", at: 6, "two parameters", "slash between"),
            Wrong("/{a}{b*}", at: 5, "two parameters", "slash between"),
            Wrong("/{a*}/b", at: 2, "`{a*}` takes the rest", "`{a}` for one segment"),
            Wrong("/{a*}/", at: 2, "`{a*}` takes the rest", "Put it last"),
            Wrong("/x{a*}", at: 3, "`{a*}` takes the rest", "nothing but a slash before it"),
            Wrong("/{a*}.txt", at: 2, "`{a*}` takes the rest", "Put it last"),
            Wrong("/{id}/b/{id}", at: 10, "`id` is there twice", "its own"),
            Wrong("/{a}/{a*}", at: 7, "`a` is there twice", "its own"),
            Wrong("/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}", at: 35, "more than 8", "`{path*}`"),
            Wrong("/a?b={c}", at: 3, "`?` ends a path", "`%3F`"),
            Wrong("/a#b", at: 3, "`#` ends a path", "`%23`"),
            Wrong("/a//b", at: 4, "segment is empty", "one slash"),
            Wrong("//", at: 2, "segment is empty", "one slash"),
            Wrong("/a%", at: 3, "two hexadecimal digits", "`%25`"),
            Wrong("/100%/{a}", at: 5, "two hexadecimal digits", "`%25`"),
            Wrong("/{a}%2", at: 5, "two hexadecimal digits", "`%25`"),
            Wrong("/a/%C3", at: 4, "not UTF-8", "characters themselves"),
            Wrong("/a/%ff{b}", at: 4, "not UTF-8", "characters themselves"),
            Wrong("/users/:id", at: 8, "`:id` is no parameter", "`{id}`"),
            Wrong("/files/*", at: 8, "only an asterisk", "`{path*}`"),
            Wrong("/files/**", at: 8, "only an asterisk", "`%2A`"),
            Wrong("id}", at: 4, "`}` has no `{`", "`%7D`"),
            Wrong("/äöü/{", at: 6, "`{` has no `}`", "`%7B`"),
        ]
    )
    func refused(wrong: Wrong) throws {
        let error = try #require(throws: PathPatternError.self) { try PathPattern(wrong.text) }
        #expect(error.position == wrong.position)
        #expect(error.reason.contains(wrong.reason))
        #expect(error.cure.contains(wrong.cure))
        #expect(error.source == nil)
    }

    @Test("The message has the pattern, the place in it, what is wrong and what to write")
    func message() throws {
        // A variable: `PathPattern("…")` with a literal in it is that literal, and keeps its error.
        let text = "/users/:id"
        let error = try #require(throws: PathPatternError.self) { try PathPattern(text) }
        #expect(
            error.description
                == "The path pattern /users/:id, character 8: `:id` is no parameter here. "
                + "Write `{id}`, and a colon that is meant as `%3A`."
        )
    }

    @Test("A wrong literal is thrown when the routes are put together, with the place of its route")
    func literals() throws {
        let wrong: PathPattern = "/tickets/{id"
        #expect(wrong.parameterNames == [])
        #expect(wrong.description == "/tickets/{id")
        let place = SourcePlace(fileID: "App/Tickets.swift", line: 12)
        let error = try #require(throws: PathPatternError.self) {
            try Router([
                Route(.get, "/tickets", source: SourcePlace()) { _, _ in Response("") },
                Route(.get, wrong, source: place) { _, _ in Response("") },
            ])
        }
        #expect(error.source == place)
        #expect(error.description.hasPrefix("The path pattern /tickets/{id (App/Tickets.swift:12), character 10: "))
    }

    @Test(
        "What is wrong with a part, or with the whole alone, is thrown from the whole",
        arguments: [
            ("/a/{b", "c", "/a/{b"), ("/a", "b}", "/b}"), ("/a/{b*}", "c", "/a/{b*}/c"), ("/{a}", "{a}", "/{a}/{a}"),
            ("/{a", "/", "/{a"), ("/", "a}", "/a}"), ("/{a}/{b}/{c}/{d}", "{e}/{f}/{g}/{h}/{i}", nil),
        ] as [(PathPattern, PathPattern, String?)]
    )
    func appended(prefix: PathPattern, pattern: PathPattern, text: String?) throws {
        let whole = prefix.appending(pattern)
        let error = try #require(throws: PathPatternError.self) { try whole.checked() }
        if let text { #expect(error.pattern == text) }
    }
}
