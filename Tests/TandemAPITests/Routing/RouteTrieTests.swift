// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import Testing

@testable import TandemAPI

@Suite("A path finds its pattern")
struct RouteTrieTests {
    private static func matches(_ patterns: [PathPattern], _ paths: KeyValuePairs<String, Found?>) throws {
        // In any order of the patterns.
        for patterns in [patterns, patterns.reversed()] {
            let table = try PatternTable(patterns)
            for (path, found) in paths { #expect(try table.find(path) == found, "\(path)") }
        }
    }

    @Test("Text, a parameter and the rest")
    func kinds() throws {
        try Self.matches(
            ["/", "/tickets", "/tickets/{id}", "/tickets/{id}/files/{path*}", "/tickets/{id}/files"],
            [
                "/": Found("/"),
                "/tickets": Found("/tickets"),
                "/tickets?page=2": Found("/tickets"),
                "/tickets/7": Found("/tickets/{id}", ["7"]),
                "/tickets/7?a/b": Found("/tickets/{id}", ["7"]),
                "/tickets/7/files": Found("/tickets/{id}/files", ["7"]),
                "/tickets/7/files/a": Found("/tickets/{id}/files/{path*}", ["7", "a"]),
                "/tickets/7/files/a/b//c/": Found("/tickets/{id}/files/{path*}", ["7", "a/b//c/"]),
                "/ticket": nil, "/ticketss": nil, "/tickets7": nil, "/Tickets": nil, "/tickets/7/file": nil,
                "/tickets/7/filesystem": nil, "": nil, "*": nil, "tickets": nil, "?": nil,
            ]
        )
    }

    @Test("A slash at the end makes another path, and an empty segment is none")
    func slashes() throws {
        try Self.matches(
            ["/a", "/b/", "/c/{id}", "/d/{path*}", "/e/{id}/f"],
            [
                "/a": Found("/a"), "/a/": nil, "/b": nil, "/b/": Found("/b/"), "//a": nil, "/a//": nil, "/": nil,
                "//": nil, "/c": nil, "/c/": nil, "/c/1/": nil, "/c//": nil, "/c//1": nil, "/d": nil,
                "/d/": Found("/d/{path*}", [""]), "/d//": Found("/d/{path*}", ["/"]), "/e//f": nil, "/e/f": nil,
            ]
        )
    }

    @Test("Text goes before a parameter, and a parameter before the rest")
    func priorities() throws {
        try Self.matches(
            ["/users/me", "/users/{id}", "/users/{path*}", "/users/", "/{path*}"],
            [
                "/users/me": Found("/users/me"), "/users/m": Found("/users/{id}", ["m"]),
                "/users/mee": Found("/users/{id}", ["mee"]), "/users/": Found("/users/"),
                "/users/me/": Found("/users/{path*}", ["me/"]), "/users/1/2": Found("/users/{path*}", ["1/2"]),
                "/users": Found("/{path*}", ["users"]), "/": Found("/{path*}", [""]),
            ]
        )
    }

    @Test("What leads nowhere is taken back")
    func backtracking() throws {
        try Self.matches(
            ["/users/me", "/users/{id}/posts", "/users/me/settings", "/users/{id}/{what}/x", "/{rest*}"],
            [
                "/users/me/posts": Found("/users/{id}/posts", ["me"]),
                "/users/me/settings": Found("/users/me/settings"),
                "/users/me/settings/x": Found("/users/{id}/{what}/x", ["me", "settings"]),
                "/users/me/posts/x": Found("/users/{id}/{what}/x", ["me", "posts"]),
                "/users/me/posts/y": Found("/{rest*}", ["users/me/posts/y"]),
                "/users/1": Found("/{rest*}", ["users/1"]),
            ]
        )
    }

    @Test("A parameter may have text around it; more of it wins")
    func affixes() throws {
        try Self.matches(
            [
                "/{name}", "/@{user}", "/@{user}/posts", "/{name}.json", "/{name}.min.json", "/{name}/x",
                "/v{version}.json",
            ],
            [
                "/ada": Found("/{name}", ["ada"]), "/@ada": Found("/@{user}", ["ada"]), "/@": Found("/{name}", ["@"]),
                "/@ada/posts": Found("/@{user}/posts", ["ada"]), "/@ada/x": Found("/{name}/x", ["@ada"]),
                "/a.json": Found("/{name}.json", ["a"]), "/a.json.json": Found("/{name}.json", ["a.json"]),
                "/a.min.json": Found("/{name}.min.json", ["a"]), "/.json": Found("/{name}", [".json"]),
                "/.min.json": Found("/{name}.json", [".min"]), "/v1.json": Found("/v{version}.json", ["1"]),
                "/v.json": Found("/{name}.json", ["v"]), "/@a.json": Found("/@{user}", ["a.json"]),
                "/a.jso": Found("/{name}", ["a.jso"]), "/a.json/x": Found("/{name}/x", ["a.json"]), "/a.json/y": nil,
            ]
        )
    }

    @Test("Eight parameters fit, and those taken back are forgotten")
    func eight() throws {
        try Self.matches(
            ["/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}", "/1/{x}/{y*}", "/{a}/2/3/{d}/z"],
            [
                "/0/1/2/3/4/5/6/7": Found(
                    "/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}",
                    ["0", "1", "2", "3", "4", "5", "6", "7"]
                ),
                "/1/2/3/4/z": Found("/1/{x}/{y*}", ["2", "3/4/z"]),
                "/0/2/3/4/z": Found("/{a}/2/3/{d}/z", ["0", "4"]),
            ]
        )
    }

    @Test("An encoded slash stays in its segment")
    func encodedSlashes() throws {
        try Self.matches(
            ["/a/{id}", "/a/{id}/c", "/x%2Fy", "/x/y", "/e/{name}F", "/p/{path*}"],
            [
                "/a/b%2Fc": Found("/a/{id}", ["b/c"]), "/a/b%2fc/c": Found("/a/{id}/c", ["b/c"]),
                "/a%2Fb": nil, "%2Fa/b": nil, "/x%2fy": Found("/x%2Fy"), "/x/y": Found("/x/y"),
                "/e/g%2F": nil, "/e/g%2FF": Found("/e/{name}F", ["g/"]), "/p/%2F/%2f": Found("/p/{path*}", ["///"]),
                "/a/%252F": Found("/a/{id}", ["%2F"]), "/a/%2F": Found("/a/{id}", ["/"]),
            ]
        )
    }

    @Test("A path is what it says, however it is spelled")
    func spellings() throws {
        try Self.matches(
            ["/käse", "/a b", "/100%25", "/q%3Fr", "/%7Bid%7D", "/@{user}", "/admin", "/{page}"],
            [
                "/k%C3%A4se": Found("/käse"), "/k%c3%a4se": Found("/käse"), "/käse": Found("/käse"),
                "/a%20b": Found("/a b"), "/100%25": Found("/100%25"), "/q%3fr": Found("/q%3Fr"),
                "/q?r": Found("/{page}", ["q"]), "/%7bid%7d": Found("/%7Bid%7D"), "/{id}": Found("/%7Bid%7D"),
                "/%40ada": Found("/@{user}", ["ada"]), "/%61dmin": Found("/admin"), "/a%64min?x": Found("/admin"),
                "/a+b": Found("/{page}", ["a+b"]), "/%2e%2E": Found("/{page}", [".."]),
                "/%00": Found("/{page}", ["\0"]),
                "/%F0%9F%90%A3": Found("/{page}", ["🐣"]), "/a%C2%A0": Found("/{page}", ["a\u{A0}"]),
            ]
        )
    }

    @Test("Siblings whose first bytes lie anywhere are told apart")
    func manyChildren() throws {
        let names = (0x21..<0x250).compactMap { Unicode.Scalar($0).map { "x\($0)" } }
            .filter { !$0.contains(where: { "?#%/{}".contains($0) }) }
        let table = try PatternTable(names.map { try PathPattern("/\($0)") })
        for name in names { #expect(try table.find("/\(name)") == Found("/\(name)")) }
        #expect(try table.find("/x") == nil)
    }

    @Test("Long paths are searched, and not by recursion")
    func longPaths() throws {
        let table = try PatternTable(["/a/{id}", "/a/a/{path*}", "/{x}/{y}/z", "/{name}.json"])
        let segment = String(repeating: "x", count: 1_000_000)
        #expect(try table.find("/a/\(segment)") == Found("/a/{id}", [segment]))
        #expect(try table.find("/\(segment)") == nil)
        #expect(try table.find("/\(segment).json")?.values.first?.utf8.count == 1_000_000)
        let deep = String(repeating: "/a", count: 500_000)
        #expect(try table.find(deep)?.values.first?.utf8.count == 2 * 500_000 - 5)
        #expect(try table.find(String(repeating: "/", count: 1_000_000)) == nil)
        #expect(try table.find("/" + String(repeating: "%2F", count: 300_000) + ".json")?.pattern == "/{name}.json")
    }

    @Test("A table that invites to backtrack is searched node by node")
    func hostileTable() throws {
        // Each segment of the path could be text or a parameter, and what follows decides late.
        var patterns: [PathPattern] = []
        for depth in 1...16 {
            let text = String(repeating: "/a", count: depth)
            patterns.append(try PathPattern("\(text)/{x}/end"))
            patterns.append(try PathPattern("\(text)a{x}/{y}/end"))
        }
        let table = try PatternTable(patterns)
        #expect(
            try table.find(String(repeating: "/a", count: 17) + "/end")
                == Found("\(String(repeating: "/a", count: 16))/{x}/end", ["a"])
        )
        #expect(try table.find(String(repeating: "/aa", count: 200)) == nil)
    }

    @Test("An empty table finds nothing")
    func empty() throws {
        let table = try PatternTable([])
        for path in ["/", "", "*", "/a/b"] { #expect(try table.find(path) == nil) }
    }
}
