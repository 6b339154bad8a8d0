// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemAPI
import TandemHTTP
import TandemSchema
import Testing

private struct Plain: Codable {
    var id: Int
}

/// A type of both kinds, which tells by its key which of the two was taken.
@Schema private struct Both: Codable {
    @Key("called") var name: String
}

@Suite("Closures are endpoints")
struct ClosureTests {
    private func answer(_ request: Request, _ build: (Routes) -> Void) async throws -> Served {
        let routes = Routes()
        build(routes)
        return await Served(of: try routes.handler(), to: request)
    }

    @Test("A closure returns what a function may")
    func results() async throws {
        let count = Mutex(0)
        func answer(_ target: String) async throws -> Served {
            try await self.answer(Request(.get, target)) { routes in
                routes.get("/text") { _ in "text" }
                routes.get("/interpolated") { call in "\(call.request.path)!" }
                routes.get("/value") { _ in Ticket(id: 1, subject: "s") }
                routes.get("/values") { _ in [1, 2, 3] }
                routes.get("/codable") { _ in Plain(id: 3) }
                routes.get("/both") { _ in Both(name: "b") }
                routes.get("/number") { _ in 5 }
                routes.get("/optional") { _ in Int?.none }
                routes.get("/response") { _ in Response("made", status: .accepted) }
                routes.get("/created") { _ in Created(7, at: "/7") }
                routes.get("/lines") { _ in
                    let sum = 1 + 1
                    return "sum \(sum)"
                }
                routes.get("/nothing") { _ in }
                routes.get("/statement") { _ in count.withLock { $0 += 1 } }
                routes.get("/error") { _ in throw HTTPError(.conflict, "No.") }
            }
        }
        let cases = [
            ("/text", 200, "text"), ("/interpolated", 200, "/interpolated!"),
            ("/value", 200, #"{"id":1,"subject":"s","urgency":"low"}"#), ("/values", 200, "[1,2,3]"),
            ("/number", 200, "5"),
            ("/codable", 200, #"{"id":3}"#), ("/both", 200, #"{"called":"b"}"#), ("/optional", 200, "null"),
            ("/response", 202, "made"), ("/created", 201, "7"), ("/lines", 200, "sum 2"),
            ("/nothing", 204, nil), ("/statement", 204, nil),
        ]
        for (target, status, text) in cases {
            let served = try await answer(target)
            #expect(served.status == Status(status), "\(target)")
            #expect(served.text == text, "\(target)")
        }
        #expect(count.withLock { $0 } == 1)
        #expect(try await answer("/error").status == .conflict)
    }

    @Test(
        "Each method has its name",
        arguments: [
            (.get, "get"), (.post, "post"), (.put, "put"), (.patch, "patch"), (.delete, "delete"), ("PURGE", "purge"),
        ] as [(TandemHTTP.Method, String)]
    )
    func methods(method: TandemHTTP.Method, text: String) async throws {
        let served = try await self.answer(Request(method, "/a")) { routes in
            routes.get("/a") { _ in "get" }
            routes.post("/a") { _ in "post" }
            routes.put("/a") { _ in "put" }
            routes.patch("/a") { _ in "patch" }
            routes.delete("/a") { _ in "delete" }
            routes.on("PURGE", "/a") { _ in "purge" }
        }
        #expect(served.text == text)
    }

    @Test(
        "A closure reads what a function's arguments are made of, and its errors are theirs",
        arguments: [
            ("/7?page=2&tag=a&tag=b", "me", 200, "7 2 a,b me 9"), ("/7", "me", 200, "7 1  me 9"),
            ("/x", "me", 404, "no-such-route"),
            ("/7?page=x", "me", 422, #""in":"query","name":"page","rule":"type","expected":"an integer"#),
            ("/7?page=1&page=2", "me", 422, #""actual":"2 values""#),
            ("/7", nil, 422, #""in":"header","name":"user-agent","rule":"required""#),
        ]
    )
    func reading(target: String, agent: String?, status: Int, text: String) async throws {
        var headers: Headers = ["cookie": "session=9"]
        if let agent { headers["user-agent"] = agent }
        let served = try await self.answer(Request(.get, target, headers: headers)) { routes in
            routes.get("/{id}") { call in
                let id = try call.path("id", as: Int.self)
                let page = try call.query("page", as: Int.self, default: 1)
                let tags: [String] = try call.query("tag", default: [])
                let agent = try call.header("user-agent", as: String.self)
                let session = try call.cookie("session", as: Int?.self)
                return "\(id) \(page) \(tags.joined(separator: ",")) \(agent) \(session ?? 0)"
            }
        }
        #expect(served.status == Status(status))
        #expect(served.text?.contains(text) == true, "\(served.text ?? "")")
    }

    @Test(
        "A closure reads its body as a function does",
        arguments: [
            (#"{"subject":"s"}"#, "application/json", 200, "s"), ("{", "application/json", 400, "malformed-json"),
            (#"{"subject":""}"#, "application/json", 422, #""pointer":"/subject","rule":"length""#),
            ("s", "text/plain", 415, "unsupported-media-type"),
        ]
    )
    func body(text: String, type: String, status: Int, part: String) async throws {
        let request = Request(.post, "/", headers: ["content-type": type], body: Bytes(text))
        let served = try await self.answer(request) { routes in
            routes.post("/") { call in try await call.body(TicketDraft.self).subject }
        }
        #expect(served.status == Status(status))
        #expect(served.text?.contains(part) == true, "\(served.text ?? "")")
    }

    @Test("Two closures for the same calls are found at the start, with both places")
    func conflict() {
        let routes = Routes()
        routes.post("/a/{b}") { _ in "" }
        routes.post("/a/{c}") { _ in }
        let error = #expect(throws: RouteConflict.self) { try routes.handler() }
        #expect(error?.description.contains("TandemAPITests/ClosureTests.swift") == true)
    }
}
