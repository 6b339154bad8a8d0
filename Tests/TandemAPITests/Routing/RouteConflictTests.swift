// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import Testing

@testable import TandemAPI

@Suite("Two routes for the same are refused when the routes are put together")
struct RouteConflictTests {
    private static func router(_ routes: [(TandemHTTP.Method, PathPattern)]) throws -> Router {
        try Router(
            routes.enumerated().map { index, route in
                let place = SourcePlace(fileID: "App/Tickets.swift", line: index + 1)
                return Route(route.0, route.1, source: place) { _, _ in Response("") }
            }
        )
    }

    @Test(
        "The same paths in the same way",
        arguments: [
            ("/a", "/a"), ("/a", "a"), ("/a/{id}", "/a/{name}"), ("/a/{b*}", "/a/{c*}"), ("/{a}/b/{c}", "/{x}/b/{y}"),
            ("/@{a}", "/%40{b}"), ("/{a}.json", "/{b}.json"), ("/käse", "/k%C3%A4se"), ("/", ""), ("/a%2fb", "/a%2Fb"),
        ] as [(PathPattern, PathPattern)]
    )
    func conflict(first: PathPattern, second: PathPattern) throws {
        let error = try #require(throws: RouteConflict.self) {
            try Self.router([(.get, "/other"), (.get, first), (.post, second), (.get, second)])
        }
        #expect(error.method == .get)
        #expect(error.patterns == [first, second])
        #expect(error.sources.map(\.line) == [2, 4])
    }

    @Test("The message names both routes and their places, and what to do")
    func message() throws {
        let error = try #require(throws: RouteConflict.self) {
            try Self.router([(.get, "/a/{id}"), (.get, "/a/{name}")])
        }
        #expect(
            error.description
                == "GET /a/{id} (App/Tickets.swift:1) and GET /a/{name} (App/Tickets.swift:2) match the same paths. "
                + "Remove one of them, or change its path or its method."
        )
    }

    @Test(
        "Other methods, or paths that only overlap, are no conflict",
        arguments: [
            [(.get, "/a/{id}"), (.delete, "/a/{name}")], [(.get, "/a/{id}"), (.get, "/a/b")],
            [(.get, "/a/{id}"), (.get, "/a/{id*}")], [(.get, "/a/{id}"), (.get, "/a/x{id}")],
            [(.get, "/a/{id}"), (.get, "/a/{id}.json")], [(.get, "/a"), (.get, "/a/")],
            [(.get, "/a"), (.head, "/a"), (.options, "/a")], [(.get, "/a"), ("get", "/a")],
            [(.get, "/a"), (.get, "/A")],
        ] as [[(TandemHTTP.Method, PathPattern)]]
    )
    func overlap(routes: [(TandemHTTP.Method, PathPattern)]) throws {
        _ = try Self.router(routes)
    }

    @Test("A place is the file and the line of who asks for it")
    func place() {
        let place = SourcePlace()
        #expect(place.fileID == "TandemAPITests/RouteConflictTests.swift")
        #expect(place.description == "\(place.fileID):\(#line - 2)")
    }
}
