// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemAPI

@Suite("A pattern is read from text")
struct PathPatternTests {
    @Test(
        "A pattern knows its parameters",
        arguments: [
            ("/", []), ("", []), ("/tickets", []), ("/tickets/", []), ("/tickets/{id}", ["id"]), ("{id}", ["id"]),
            ("/tickets/{id}/files/{path*}", ["id", "path"]), ("/@{user}", ["user"]), ("/files/{name}.json", ["name"]),
            ("/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h*}", ["a", "b", "c", "d", "e", "f", "g", "h"]), ("/{_a1}", ["_a1"]),
        ] as [(String, [String])]
    )
    func names(text: String, names: [String]) throws {
        #expect(try PathPattern(text).parameterNames == names)
    }

    @Test(
        "A pattern becomes steps",
        arguments: [
            ("/", [.literal(Array("/".utf8))]),
            ("/a/b/", [.literal(Array("/a/b/".utf8))]),
            ("a/{b}", [.literal(Array("/a/".utf8)), .parameter(suffix: [])]),
            ("/a/{b}/c", [.literal(Array("/a/".utf8)), .parameter(suffix: []), .literal(Array("/c".utf8))]),
            (
                "/@{a}.x/{b*}",
                [.literal(Array("/@".utf8)), .parameter(suffix: Array(".x".utf8)), .literal(Array("/".utf8)), .rest]
            ),
            ("/%61%7Bb%7d%25", [.literal(Array("/a{b}%".utf8))]),
            ("/käse", [.literal(Array("/käse".utf8))]),
            ("/k%c3%A4se", [.literal(Array("/käse".utf8))]),
            ("/a%2Fb", [.literal(Array("/a".utf8) + [CanonicalPath.encodedSlash] + Array("b".utf8))]),
        ] as [(String, [PathStep])]
    )
    func steps(text: String, steps: [PathStep]) throws {
        #expect(try PathPattern(text).checked().steps == steps)
    }

    @Test(
        "A pattern goes behind a prefix with one slash between them",
        arguments: [
            ("/tickets", "{id}", "/tickets/{id}"), ("/tickets", "/{id}", "/tickets/{id}"),
            ("/tickets/", "{id}", "/tickets/{id}"), ("/tickets/", "/{id}", "/tickets/{id}"),
            ("tickets", "open", "/tickets/open"), ("/tickets", "", "/tickets"), ("/tickets", "/", "/tickets"),
            ("/tickets/", "/", "/tickets/"), ("/", "/tickets", "/tickets"), ("", "", "/"), ("/", "/", "/"),
            ("/a/{b}", "c/{d}/", "/a/{b}/c/{d}/"), ("", "{path*}", "/{path*}"), ("/@{a}", ".b", "/@{a}/.b"),
        ]
    )
    func appending(prefix: String, pattern: String, whole: String) throws {
        let appended = try PathPattern(prefix).appending(try PathPattern(pattern))
        #expect(appended.description == whole)
        #expect(try appended.checked().steps == PathPattern(whole).checked().steps)
        #expect(try appended.parameterNames == PathPattern(whole).parameterNames)
        #expect(try appended == PathPattern(whole))
    }

    @Test("Three patterns can be put together from either end", arguments: ["", "/", "a", "/a/", "{a}/b"])
    func associative(text: String) throws {
        let (first, last): (PathPattern, PathPattern) = ("/x/", "/{y}")
        let middle = try PathPattern(text)
        #expect(first.appending(middle).appending(last) == first.appending(middle.appending(last)))
    }

    @Test("Equal is what is written the same, with the slash at the start or without")
    func equality() {
        let patterns: Set<PathPattern> = ["/a/{id}", "a/{id}", "/a/{name}", "/a/{id}/"]
        #expect(patterns.count == 3)
    }

    @Test("A pattern is described as it was written")
    func description() {
        #expect("\("käse/%7B/{a}" as PathPattern)" == "/käse/%7B/{a}")
    }
}
