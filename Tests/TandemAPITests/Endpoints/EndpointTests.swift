// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import TandemSchema
import Testing

/// What a handler answers, errors rendered as the server does; at once where it can, and then the same by waiting.
private func answer(_ handler: any Handler, _ request: Request) async throws -> (Status, Headers, String) {
    func rendered(_ body: () async throws -> Response?) async throws -> Response? {
        do { return try await body() } catch let error as HTTPError { return error.response }
    }
    let waited = try #require(try await rendered { try await handler.respond(to: request) })
    if let immediate = try await rendered({ try handler.respondImmediately(to: request) }) {
        #expect(immediate.status == waited.status)
        #expect(immediate.text == waited.text)
    }
    return (waited.status, waited.headers, waited.text)
}

@Suite("Functions of an API answer calls")
struct EndpointTests {
    private let handler: any Handler

    init() throws {
        let routes = Routes()
        routes.mount(Desk(tickets: [Ticket(id: 1, subject: "a"), Ticket(id: 2, subject: "b", urgency: .high)]))
        self.handler = try routes.handler()
    }

    @Test(
        "Arguments come from the path, the query, fields and cookies",
        arguments: [
            (
                "/desks/x/tickets", 200,
                #"[{"id":1,"subject":"x a","urgency":"low"},{"id":2,"subject":"x b","urgency":"high"}]"#
            ),
            (
                "/desks/x/tickets?urgency=high&tag=c&tag=d%20e", 200,
                #"[{"id":2,"subject":"x b c d e","urgency":"high"}]"#
            ),
            ("/desks/x/tickets?limit=1", 200, #"[{"id":1,"subject":"x a","urgency":"low"}]"#),
            ("/desks/x/tickets/2", 200, #"{"id":2,"subject":"b","urgency":"high"}"#),
            ("/desks/x/tickets/agent", 200, "me 7"),
        ]
    )
    func arguments(target: String, status: Int, body: String) async throws {
        let request = Request(.get, target, headers: ["user-agent": "me", "cookie": "a=b; session=7; session=8"])
        let answer = try await answer(self.handler, request)
        #expect(answer.0 == Status(status))
        #expect(answer.2 == body)
    }

    @Test(
        "A body and a dependency are had by waiting",
        arguments: [
            (#"{"subject":"c"}"#, "application/json", 201, #"{"id":9,"subject":"Ada: c","urgency":"low"}"#),
            (#"{"subject":"c"}"#, "application/vnd.desk+json; charset=utf-8", 201, #""subject":"Ada: c""#),
            (
                #"{"subject":"","urgency":1}"#, "application/json", 422,
                #""errors":[{"in":"body","pointer":"/subject","rule":"length","expected":"1 to 20 characters","actual":"0 characters"},{"in":"body","pointer":"/urgency","rule":"type","expected":"a string","actual":"1"}]"#
            ),
            ("{", "application/json", 400, #""code":"malformed-json""#),
            ("", "application/json", 400, "The body is empty; it must be JSON."),
            ("a=b", "text/plain", 415, #""code":"unsupported-media-type""#),
        ]
    )
    func body(text: String, type: String, status: Int, body: String) async throws {
        let headers: Headers = ["content-type": type, "authorization": "Ada"]
        let request = Request(.post, "/desks/x/tickets", headers: headers, body: Bytes(text))
        let answer = try await answer(self.handler, request)
        #expect(answer.0 == Status(status))
        #expect(answer.2.contains(body), "\(answer.2)")
        if status == 201 { #expect(answer.1["location"] == "/desks/x/tickets/9") }
    }

    @Test("All that is wrong with the arguments is answered at once")
    func allFaults() async throws {
        let answer = try await answer(self.handler, Request(.get, "/desks/x/tickets?urgency=soon&limit=1&limit=2"))
        #expect(answer.0 == .unprocessableContent)
        #expect(
            answer.2.contains(
                #""detail":"2 values are not valid.","errors":[{"in":"query","name":"urgency","rule":"type","expected":"\"low\" or \"high\"","actual":"\"soon\""},"#
            )
        )
        #expect(answer.2.contains(#"{"in":"query","name":"limit","rule":"type","expected":"an integer from"#))
    }

    @Test(
        "What cannot be is answered with its status",
        arguments: [
            (.get, "/desks/x/tickets/none", 404, "no-such-route"), (.get, "/desks/x/tickets/3", 404, "not-found"),
            (.delete, "/desks/x/tickets/1", 409, "ticket-closed"), (.post, "/desks/x/tickets", 401, "unauthorized"),
            (.patch, "/desks/x/tickets", 405, "method-not-allowed"), (.get, "/", 404, "no-such-route"),
            (.get, "/desks/x/tickets/agent", 422, #""in":"header","name":"user-agent","rule":"required""#),
        ] as [(TandemHTTP.Method, String, Int, String)]
    )
    func refused(method: TandemHTTP.Method, target: String, status: Int, text: String) async throws {
        let request = Request(method, target, headers: ["content-type": "application/json"], body: #"{"subject":"s"}"#)
        let answer = try await answer(self.handler, request)
        #expect(answer.0 == Status(status))
        #expect(answer.2.contains(text), "\(answer.2)")
    }

    @Test(
        "A field is named as its parameter, word by word",
        arguments: [
            ("userAgent", "user-agent"), ("lastEventID", "last-event-id"), ("xAPIKey", "x-api-key"),
            ("x_request_id", "x-request-id"), ("IDToken", "id-token"), ("x_API", "x-api"), ("etag", "etag"),
        ]
    )
    func fieldNames(parameter: String, field: String) throws {
        var operation = Operation("get", result: ResultDescription(.ok))
        var definitions = Definitions()
        HeaderParameter<String>(parameter).describe(in: &operation, &definitions)
        #expect(operation.parameters.map(\.name) == [field])
    }

    @Test("Results say their status")
    func results() async throws {
        let closed = try await answer(self.handler, Request(.delete, "/desks/x/tickets/2"))
        #expect(closed.0 == .noContent && closed.2.isEmpty)
        let purged = try await answer(self.handler, Request("PURGE", "/desks/x/tickets"))
        #expect(purged.0 == .seeOther && purged.1["location"] == "/purge")
    }

    @Test("A dependency can be another in a test")
    func overrides() async throws {
        let routes = Routes()
        routes.mount(Desk(tickets: []))
        var overrides = Providers()
        overrides.provide(Caller(name: "Eve"))
        let handler = try routes.handler(overrides: overrides)
        let request = Request(.post, "/desks/x/tickets", body: #"{"subject":"s"}"#)
        #expect(try await answer(handler, request).2.contains("Eve: s"))
    }

    @Test("Closures answer too, alone and in groups")
    func closures() async throws {
        let routes = Routes()
        routes.get("/hello/{name}") { call in "Hello, \(call.path["name"] ?? "")!" }
        routes.group("/v1") { group in
            group.on(.post, "/echo") { call in
                Response(try await call.request.body.collect(upTo: 10), contentType: "a/b")
            }
            group.on(.get, "/ticket") { _ in Ticket(id: 1, subject: "s") }
        }
        let handler = try routes.handler()
        #expect(try await answer(handler, Request(.get, "/hello/W%C3%B6rld")).2 == "Hello, W\u{F6}rld!")
        #expect(try await answer(handler, Request(.post, "/v1/echo", body: "x")).2 == "x")
        #expect(try await answer(handler, Request(.get, "/v1/ticket")).2 == #"{"id":1,"subject":"s","urgency":"low"}"#)
    }

    @Test("Middleware of a group sees the calls of the group alone, the outer first")
    func groupMiddleware() async throws {
        func adding(_ name: String) -> ClosureMiddleware {
            ClosureMiddleware { request, next in
                var response = try await next(request)
                response.headers.add("through", name)
                return response
            }
        }
        let routes = Routes()
        routes.get("/plain") { _ in "" }
        routes.group("/a", middleware: [adding("outer")]) { outer in
            outer.group("b", middleware: [adding("inner")]) { inner in
                inner.get("{name}") { call in call.path["name"] ?? "" }
            }
        }
        let handler = try routes.handler()
        #expect(try await answer(handler, Request(.get, "/plain")).1.all("through") == [])
        let inner = try await answer(handler, Request(.get, "/a/b/c"))
        #expect(inner.2 == "c")
        #expect(inner.1.all("through") == ["inner", "outer"])
    }

    @Test("Two endpoints for the same calls are found at the start, with both places")
    func conflict() {
        let routes = Routes()
        routes.get("/a/{b}") { _ in "" }
        routes.get("/a/{c}") { _ in "" }
        let error = #expect(throws: RouteConflict.self) { try routes.handler() }
        #expect(error?.description.contains("TandemAPITests/EndpointTests.swift") == true)
    }
}
