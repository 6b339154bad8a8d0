// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Synchronization
import TandemAPI
import TandemHTML
import TandemHTTP
import TandemSchema
import Testing

/// Changes of tickets, as they happen.
struct TicketChanges: Sendable {
    func since(_ id: Int) -> AsyncStream<Ticket> {
        AsyncStream { continuation in
            continuation.yield(Ticket(id: id + 1, subject: "<a>", priority: .low))
            continuation.finish()
        }
    }
}

// snippet: streams
@API("/changes") struct Changes {
    let changes: TicketChanges

    /// Follow what happens to tickets.
    @GET func follow(lastEventID: Header<Int?>) -> EventStream<Ticket> {
        EventStream(self.changes.since(lastEventID.value ?? 0), id: { String($0.id) })
    }

    /// Export all tickets.
    @GET("export") func export() -> JSONLines<Ticket> {
        JSONLines(self.changes.since(0))
    }
}
// end

// snippet: file-result
@API("/reports") struct Reports {
    let folder: String

    @GET("{year}") func report(year: Int) -> File {
        File("\(self.folder)/\(year).pdf", downloadName: "Report \(year).pdf")
    }
}
// end

// snippet: html
@API("/pages") struct Pages {
    let templates: Templates

    @GET("tickets/{id}") func ticket(id: Int) throws -> HTML {
        try self.templates.render("ticket", ["ticket": Ticket(id: id, subject: "Fire & <smoke>", priority: .high)])
    }

    @GET("hello/{name}") func hello(name: String) -> HTML { "<h1>Hello, \(name)!</h1>" }
}
// end

// snippet: security
struct Agent: Dependency {
    let name: String

    static func resolve(for call: Call) async throws -> Agent {
        Agent(name: try call.header("x-agent", as: String.self))
    }

    static func describe(in operation: inout Operation) {
        operation.require(.bearer(format: "JWT"))
        operation.parameters.append(
            .init("x-agent", in: .header, schema: JSONSchema(type: "string"), isRequired: true)
        )
        operation.errors.append(HTTPError(.forbidden, "Agents alone may do that."))
    }
}
// end

@API("/agents") struct Agents {
    @GET func me(agent: Agent) async -> String { agent.name }
}

@Suite("Guide: what endpoints return")
struct ResultSnippets {
    // snippet: closures
    func routes() -> Routes {
        let routes = Routes()
        routes.get("/tickets/{id}") { call in
            let id = try call.path("id", as: Int.self)
            let full = try call.query("full", as: Bool.self, default: false)
            return Ticket(id: id, subject: full ? "All there is to say" : "Short", priority: .low)
        }
        routes.post("/tickets") { call in
            let draft = try await call.body(TicketDraft.self)
            return Created(Ticket(id: 4, subject: draft.subject, priority: draft.priority), at: "/tickets/4")
        }
        routes.delete("/tickets") { _ in }
        return routes
    }
    // end

    private func answer(_ routes: Routes, _ request: Request) async throws -> String {
        let response = try await routes.handler().respond(to: request)
        guard case .stream(let stream) = response.body else { return response.body.text ?? "" }
        let body = Collected()
        try await stream.write(BodyWriter(body))
        return body.text
    }

    @Test("Closures read and answer as the guide says")
    func closures() async throws {
        let short = try await self.answer(self.routes(), Request(.get, "/tickets/7"))
        #expect(short == #"{"id":7,"subject":"Short","priority":"low"}"#)
        let draft: Bytes = #"{"subject":"s","body":"b"}"#
        let made = try await self.answer(self.routes(), Request(.post, "/tickets", body: draft))
        #expect(made == #"{"id":4,"subject":"s","priority":"normal"}"#)
        #expect(try await self.routes().handler().respond(to: Request(.delete, "/tickets")).status == .noContent)
    }

    @Test("Streams, files and pages are answered as the guide says")
    func results() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("PDF".utf8).write(to: folder.appending(path: "2026.pdf"))
        try Data("<p>{{ticket.subject}}".utf8).write(to: folder.appending(path: "ticket.mustache"))
        let routes = Routes()
        routes.mount(Changes(changes: TicketChanges()))
        routes.mount(Reports(folder: folder.path))
        routes.mount(Pages(templates: try Templates(directory: folder.path)))
        let line = #"{"id":6,"subject":"<a>","priority":"low"}"#
        let events = try await self.answer(routes, Request(.get, "/changes", headers: ["last-event-id": "5"]))
        #expect(events == ":\n\nid: 6\ndata: \(line)\n\n")
        #expect(try await self.answer(routes, Request(.get, "/changes/export")).hasPrefix(#"{"id":1,"#))
        #expect(
            try await self.answer(routes, Request(.get, "/pages/tickets/1")) == "<p>Fire &amp; &lt;smoke&gt;"
        )
        #expect(try await self.answer(routes, Request(.get, "/pages/hello/%3C")) == "<h1>Hello, &lt;!</h1>")
        let report = try await routes.handler().respond(to: Request(.get, "/reports/2026"))
        #expect(report.headers["content-type"] == "application/pdf")
    }

    @Test("What a dependency says of itself is in the document")
    func security() throws {
        let routes = Routes()
        routes.mount(Agents())
        let text = try JSON.text(OpenAPIDocument(routes).json)
        #expect(text.contains(#""security":[{"bearer":[]}]"#))
        #expect(text.contains(#"{"name":"x-agent","in":"header","required":true"#))
        #expect(text.contains(#""403":{"description":"`forbidden`: "#))
    }
}

/// Keeps what a body writes.
private final class Collected: BodySink {
    private let state = Mutex("")

    var text: String { self.state.withLock { $0 } }

    func write(_ bytes: Bytes) async throws { self.state.withLock { $0 += bytes.string ?? "" } }
    func setTrailers(_ trailers: Headers) async throws {}
}
