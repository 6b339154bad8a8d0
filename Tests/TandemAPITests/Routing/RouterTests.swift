// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import Testing

@testable import TandemAPI

@Suite("The router has the right route answer")
struct RouterTests {
    private static func router() throws -> Router {
        try Router(answering: [
            (.get, "/tickets"), (.post, "/tickets"), (.get, "/tickets/{id}"), (.delete, "/tickets/{number}"),
            ("PURGE", "/cache"), (.head, "/both"), (.get, "/both"), (.options, "/own"), (.put, "/own"),
        ])
    }

    @Test(
        "Who watches a request learns the pattern that its path matched, and none where none did",
        arguments: [("/tickets/7", "/tickets/{id}"), ("/tickets", "/tickets"), ("/nowhere", nil)]
    )
    func matchedRoute(path: String, pattern: String?) async throws {
        var request = Request(.get, path)
        let route = MatchedRoute()
        request.matchedRoute = route
        _ = await Served(of: try Self.router(), to: request)
        #expect(route.pattern == pattern)
    }

    @Test(
        "By method and path",
        arguments: [
            (.get, "/tickets", "GET /tickets []"), (.post, "/tickets", "POST /tickets []"),
            (.get, "/tickets/7", "GET /tickets/{id} [\"7\"]"),
            (.delete, "/tickets/7", "DELETE /tickets/{number} [\"7\"]"),
            (.head, "/tickets/7", "GET /tickets/{id} [\"7\"]"), ("PURGE", "/cache", "PURGE /cache []"),
            (.head, "/both", "HEAD /both []"), (.get, "/both", "GET /both []"), (.options, "/own", "OPTIONS /own []"),
        ] as [(TandemHTTP.Method, String, String)]
    )
    func found(method: TandemHTTP.Method, path: String, text: String) async throws {
        let response = await (try Self.router()).answer(Request(method, path))
        #expect(response.status == .ok)
        #expect(response.text == text)
    }

    @Test(
        "No route for the path is 404, whatever the method",
        arguments: ["/", "/ticket", "/tickets/", "/tickets/7/", "/tickets/7/8", "//tickets", "/tickets//7", "*", ""]
    )
    func notFound(path: String) async throws {
        for method in [.get, .head, .post, "PURGE"] as [TandemHTTP.Method] {
            let response = await (try Self.router()).answer(Request(method, path))
            #expect(response.status == .notFound)
            #expect(response.headers["content-type"] == "application/problem+json")
            #expect(response.headers["location"] == nil)
            #expect(response.text.contains(#""code":"no-such-route""#))
        }
    }

    @Test(
        "No route for the method is 405 and says which methods there are",
        arguments: [
            (.put, "/tickets", "GET, HEAD, OPTIONS, POST"), (.post, "/tickets/7", "DELETE, GET, HEAD, OPTIONS"),
            (.get, "/cache", "OPTIONS, PURGE"), (.head, "/cache", "OPTIONS, PURGE"),
            ("get", "/both", "GET, HEAD, OPTIONS"),
            (.get, "/own", "OPTIONS, PUT"), ("purge", "/cache", "OPTIONS, PURGE"),
        ] as [(TandemHTTP.Method, String, String)]
    )
    func methodNotAllowed(method: TandemHTTP.Method, path: String, allow: String) async throws {
        let response = await (try Self.router()).answer(Request(method, path))
        #expect(response.status == .methodNotAllowed)
        #expect(response.headers.all("allow") == [allow])
        #expect(response.text.contains(#""code":"method-not-allowed""#))
        #expect(response.text.contains(allow))
    }

    @Test("The path decides before the method: a pattern that fits less well is not asked")
    func pathFirst() async throws {
        let router = try Router(answering: [(.get, "/users/me"), (.put, "/users/{id}")])
        #expect(await router.answer(Request(.put, "/users/me")).status == .methodNotAllowed)
        #expect(await router.answer(Request(.put, "/users/1")).status == .ok)
    }

    @Test(
        "OPTIONS is answered where no route takes it",
        arguments: [
            ("/tickets", "GET, HEAD, OPTIONS, POST"), ("/tickets/7?x", "DELETE, GET, HEAD, OPTIONS"),
            ("/cache", "OPTIONS, PURGE"), ("*", "DELETE, GET, HEAD, OPTIONS, POST, PURGE, PUT"),
        ]
    )
    func options(path: String, allow: String) async throws {
        let response = await (try Self.router()).answer(Request(.options, path))
        #expect(response.status == .noContent)
        #expect(response.headers["allow"] == allow)
        #expect(response.text.isEmpty)
    }

    @Test("OPTIONS for a path without a route is 404; for * it is answered even without routes")
    func optionsNowhere() async throws {
        #expect(await (try Self.router()).answer(Request(.options, "/nothing")).status == .notFound)
        let response = await (try Router([])).answer(Request(.options, "*"))
        #expect(response.status == .noContent)
        #expect(response.headers["allow"] == "OPTIONS")
    }

    @Test(
        "A path that is not percent-encoded UTF-8 is 400, with or without a route",
        arguments: [
            "/tickets/%", "/tickets/%2", "/tickets/%zz", "/tickets/%2%35", "/tickets/%FF", "/tickets/%C3",
            "/tickets/%C0%AF", "/tickets/%ED%A0%80", "/nothing/%g0", "/%", "%",
        ]
    )
    func malformed(path: String) async throws {
        for method in [.get, .put, .options] as [TandemHTTP.Method] {
            let response = await (try Self.router()).answer(Request(method, path))
            #expect(response.status == .badRequest)
            #expect(response.text.contains(#""code":"malformed-path""#))
        }
    }

    @Test("A query may hold what a path may not")
    func query() async throws {
        #expect(await (try Self.router()).answer(Request(.get, "/tickets?%zz/%")).status == .ok)
    }

    @Test("What reaches no route is answered without a task")
    func immediately() throws {
        let router = try Self.router()
        #expect(try router.respondImmediately(to: Request(.options, "/tickets"))?.status == .noContent)
        #expect(throws: HTTPError.self) { try router.respondImmediately(to: Request(.get, "/nothing")) }
        #expect(throws: HTTPError.self) { try router.respondImmediately(to: Request(.put, "/tickets")) }
        #expect(throws: HTTPError.self) { try router.respondImmediately(to: Request(.get, "/%")) }
        #expect(try router.respondImmediately(to: Request(.get, "/tickets")) == nil)
    }

    @Test("A route may answer at once, or leave a request to its other half")
    func halves() async throws {
        let router = try Router([
            Route(
                .get,
                "/{name}",
                source: SourcePlace(),
                respondImmediately: { _, parameters in
                    parameters["name"] == "now" ? Response("at once") : nil
                },
                respond: { request, _ in Response("later: \(request.path)") }
            )
        ])
        #expect(try router.respondImmediately(to: Request(.get, "/now"))?.text == "at once")
        #expect(try router.respondImmediately(to: Request(.get, "/then")) == nil)
        #expect(try await router.respond(to: Request(.get, "/then")).text == "later: /then")
    }

    @Test("A handler sees the request as it came: its method, its path, its query")
    func request() async throws {
        let router = try Router([
            Route(.get, "/{a}", source: SourcePlace()) { request, _ in
                Response("\(request.method) \(request.path) \(request.query ?? "")")
            }
        ])
        #expect(await router.answer(Request(.head, "/%61?b=%2F")).text == "HEAD /%61 b=%2F")
    }

    @Test("What a handler throws comes through")
    func errors() async throws {
        let router = try Router([
            Route(.get, "/", source: SourcePlace()) { _, _ in throw HTTPError(.conflict, "No.") }
        ])
        #expect(await router.answer(Request(.get, "/")).status == .conflict)
    }
}
