// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import TandemHTTP

@Suite("Middleware")
struct MiddlewareTests {
    /// Writes down what passes through it.
    private struct Mark: Middleware {
        let name: String

        func respond(to request: Request, next: Next) async throws -> Response {
            self.marked(try await next(self.marked(request)))
        }

        func respondImmediately(to request: Request, next: Next) throws -> Response? {
            try next.immediately(self.marked(request)).map(self.marked)
        }

        private func marked(_ request: Request) -> Request {
            var request = request
            request.headers.add("in", self.name)
            return request
        }

        private func marked(_ response: Response) -> Response {
            var response = response
            response.headers.add("out", self.name)
            return response
        }
    }

    /// Answers with the marks of its request.
    private static let marks: @Sendable (Request) -> Response = { request in
        Response(request.headers.all("in").joined(separator: " "))
    }

    @Test("The first of a list is outermost, at once and in time")
    func order() async throws {
        let list: [any Middleware] = [Mark(name: "a"), Mark(name: "b"), Mark(name: "c")]
        let immediate = ImmediateHandler(Self.marks).wrapped(in: list)
        let slow = ClosureHandler { Self.marks($0) }.wrapped(in: list)
        let request = Request(.get, "/")
        #expect(try slow.respondImmediately(to: request) == nil)
        let answers = [
            try #require(try immediate.respondImmediately(to: request)),
            try await immediate.respond(to: request),
            try await slow.respond(to: request),
        ]
        for answer in answers {
            #expect(answer.body.bytes == "a b c")
            #expect(answer.headers.all("out") == ["c", "b", "a"])
        }
    }

    @Test("No middleware leaves the handler as it is")
    func none() throws {
        let handler = ImmediateHandler(Self.marks).wrapped(in: [])
        #expect(handler is ImmediateHandler)
    }

    @Test("A closure may change the request, the response, or answer by itself")
    func closure() async throws {
        let middleware = ClosureMiddleware { request, next in
            if request.path == "/own" { return Response("own") }
            var request = request
            request.headers.add("in", "closure")
            var response = try await next(request)
            response.status = .accepted
            return response
        }
        let handler = ImmediateHandler(Self.marks).wrapped(in: [middleware])
        #expect(try handler.respondImmediately(to: Request(.get, "/")) == nil)
        let response = try await handler.respond(to: Request(.get, "/"))
        #expect(response.status == .accepted)
        #expect(response.body.bytes == "closure")
        #expect(try await handler.respond(to: Request(.get, "/own")).body.bytes == "own")
    }

    @Test("Errors pass through until one is translated")
    func errors() async throws {
        struct Missing: Error {}
        let translate = ClosureMiddleware { request, next in
            do { return try await next(request) } catch is Missing { throw HTTPError(.notFound, "Missing.") }
        }
        let handler = ImmediateHandler { _ in throw Missing() }.wrapped(in: [translate, Mark(name: "a")])
        await #expect { try await handler.respond(to: Request(.get, "/")) } throws: {
            ($0 as? HTTPError)?.status == .notFound
        }
    }

    @Test("A middleware can be tried without a handler behind it")
    func next() async throws {
        let next = Next(ImmediateHandler(Self.marks))
        let response = try await Mark(name: "a").respond(to: Request(.get, "/"), next: next)
        #expect(response.body.bytes == "a")
        #expect(try next.immediately(Request(.get, "/"))?.body.bytes == "")
    }
}
