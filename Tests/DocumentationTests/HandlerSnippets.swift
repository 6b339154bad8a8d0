// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemServer
import Testing

@Suite("Guide: handlers, requests, bodies")
struct HandlerSnippets {
    // snippet: handler
    struct Greeter: Handler {
        func respond(to request: Request) async throws -> Response {
            guard request.method == .get else {
                throw HTTPError(.methodNotAllowed, "Greetings can only be read.", headers: ["allow": "GET"])
            }
            return Response("Hello, \(request.queryItems["name"] ?? "World")!\n")
        }
    }
    // end

    @Test("A handler answers, or throws what is answered")
    func handler() async throws {
        let request = Request(.get, "/hello?name=Ada+Lovelace")
        #expect(try await Greeter().respond(to: request).body.text == "Hello, Ada Lovelace!\n")
        await #expect(throws: HTTPError.self) { try await Greeter().respond(to: Request(.post, "/hello")) }
    }

    // snippet: immediate
    struct Cached: Handler {
        let pages: [String: Response]
        let rest: any Handler

        func respondImmediately(to request: Request) throws -> Response? { self.pages[request.path] }

        func respond(to request: Request) async throws -> Response {
            try await self.rest.respond(to: request)
        }
    }
    // end

    @Test("A handler that answers at once leaves the rest to the other")
    func immediate() async throws {
        let cached = Cached(pages: ["/": Response("home")], rest: Greeter())
        #expect(try cached.respondImmediately(to: Request(.get, "/"))?.body.text == "home")
        #expect(try cached.respondImmediately(to: Request(.get, "/hello")) == nil)
    }

    // snippet: collect
    func echo(_ request: Request) async throws -> Response {
        let body = try await request.body.collect(upTo: 64 * 1024)
        return Response(body, contentType: request.headers["content-type"] ?? "application/octet-stream")
    }
    // end

    // snippet: count
    func count(_ request: Request) async throws -> Response {
        var total = 0
        for try await bytes in request.body { total += bytes.count }
        return Response("\(total) bytes\n")
    }
    // end

    @Test("Bodies are collected or gone over")
    func bodies() async throws {
        let request = Request(.post, "/", body: "four")
        #expect(try await self.echo(request).body.text == "four")
        #expect(try await self.count(request).body.text == "4 bytes\n")
    }

    // snippet: stream
    func rows() -> Response {
        Response(contentType: "text/csv") { writer in
            try await writer.write("number,square\n")
            for number in 1...1_000_000 { try await writer.write("\(number),\(number * number)\n") }
        }
    }
    // end

    @Test("A stream has no length")
    func stream() {
        #expect(self.rows().body.length == nil)
    }
}

extension ResponseBody {
    /// The text of a body that is in memory.
    var text: String? {
        if case .bytes(let bytes) = self { bytes.string } else { nil }
    }
}
