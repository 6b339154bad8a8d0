// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("Middleware that never suspends by itself")
struct ImmediateMiddlewareTests {
    private struct Defaults: ImmediateMiddleware {}

    /// Does with a request what its path says.
    private struct Guide: ImmediateMiddleware {
        func receive(_ request: Request) throws -> Reception {
            switch request.path {
            case "/answered": return .answered(Response("by itself"))
            case "/refused": throw HTTPError(.forbidden)
            case "/changed":
                var request = request
                request.headers.add("seen", "yes")
                return .changed(request)
            default: return .unchanged
            }
        }

        func finish(_ response: inout Response, to request: Request) throws {
            if request.path == "/failed-late" { throw HTTPError(.preconditionFailed) }
            response.headers.add("finished", request.headers["seen"] ?? "no")
        }

        func finish(_ error: any Error, to request: Request) -> any Error {
            var error = HTTPError(answering: error)
            error.headers.add("finished", "error")
            return error
        }
    }

    private static let answer: @Sendable (Request) throws -> Response = { request in
        if request.path == "/thrown" { throw CancellationError() }
        if request.path == "/unknown" { throw FileRootError(path: "x", reason: "y") }
        return Response(request.headers["seen"] ?? "")
    }

    /// The answer, at once or not, as a server gives it.
    private func serve(_ path: String, _ middleware: any Middleware, atOnce: Bool) async throws -> Response {
        let handler: any Handler = atOnce ? ImmediateHandler(Self.answer) : ClosureHandler { try Self.answer($0) }
        let wrapped = handler.wrapped(in: [middleware])
        let request = Request(.get, path)
        do {
            if let response = try wrapped.respondImmediately(to: request) { return response }
            #expect(!atOnce)
            return try await wrapped.respond(to: request)
        } catch {
            return HTTPError(answering: error).response
        }
    }

    @Test(
        "Each step is called, at once and in time",
        arguments: [
            ("/", 200, "no"), ("/changed", 200, "yes"), ("/answered", 200, nil), ("/refused", 403, nil),
            ("/failed-late", 412, nil), ("/thrown", 499, "error"), ("/unknown", 500, "error"),
        ] as [(String, Status, String?)],
        [true, false]
    )
    func steps(expected: (path: String, status: Status, finished: String?), atOnce: Bool) async throws {
        let response = try await self.serve(expected.path, Guide(), atOnce: atOnce)
        #expect(response.status == expected.status)
        #expect(response.headers["finished"] == expected.finished)
    }

    @Test("What is not implemented changes nothing", arguments: [true, false])
    func defaults(atOnce: Bool) async throws {
        #expect(
            try await self.serve("/", Defaults(), atOnce: atOnce).headers == [
                "content-type": "text/plain; charset=utf-8"
            ]
        )
        #expect(try await self.serve("/thrown", Defaults(), atOnce: atOnce).status == 499)
    }

    @Test("An error without a status has the one that it is answered with, and is its cause")
    func answering() {
        #expect(HTTPError(answering: HTTPError(.conflict, "Both.")).detail == "Both.")
        #expect(HTTPError(answering: CancellationError()).code == "client-gone")
        let unknown = HTTPError(answering: FileRootError(path: "x", reason: "y"))
        #expect(unknown.status == .internalServerError)
        #expect(unknown.cause is FileRootError)
        #expect(unknown.detail == nil)
    }
}
