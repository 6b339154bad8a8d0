// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import Testing

@Suite("Guide: middleware")
struct MiddlewareSnippets {
    // snippet: middleware
    struct OfficeHours: Middleware {
        let isOpen: @Sendable () async -> Bool

        func respond(to request: Request, next: Next) async throws -> Response {
            guard await self.isOpen() else { throw HTTPError(.serviceUnavailable, "We open at nine.") }
            return try await next(request)
        }
    }
    // end

    // snippet: immediate-middleware
    struct Signature: ImmediateMiddleware {
        func finish(_ response: inout Response, to request: Request) {
            response.headers.add("x-signed-by", "Ada")
        }
    }
    // end

    // snippet: wrapped
    func guarded(_ routes: any Handler) -> any Handler {
        routes.wrapped(in: [Signature(), OfficeHours(isOpen: { true })])
    }
    // end

    @Test("The middleware is in the way, and out of it")
    func passes() async throws {
        let handler = self.guarded(ImmediateHandler { _ in Response("Hello") })
        #expect(try await handler.respond(to: Request(.get, "/")).headers["x-signed-by"] == "Ada")
        let closed = ImmediateHandler { _ in Response("Hello") }.wrapped(in: [OfficeHours(isOpen: { false })])
        await #expect(throws: HTTPError.self) { try await closed.respond(to: Request(.get, "/")) }
    }
}
