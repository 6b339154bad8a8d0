// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import TandemSchema
import Testing

// snippet: types
@Schema enum Priority: String {
    case low, normal, high
}

@Schema struct TicketDraft {
    /// What is wrong, in one line.
    @Length(1...120) var subject: String
    @Length(1...10_000) @Example("It is on fire.") var body: String
    var priority: Priority = .normal
    @Items(...5) @Unique var tags: [String] = []
    @Key("reply-to") @Format(.email) var replyTo: String?
}

@Schema struct Ticket {
    var id: Int
    var subject: String
    var priority: Priority
}
// end

// snippet: union
@Schema enum Event {
    case opened(by: String)
    case closed(by: String, reason: String? = nil)
}
// end

// snippet: dependency
struct Caller: Dependency {
    let name: String

    static func resolve(for call: Call) async throws -> Caller {
        guard let name = call.request.headers["x-user"] else { throw HTTPError(.unauthorized, "Say who you are.") }
        return Caller(name: name)
    }
}
// end

// snippet: errors
enum TicketError: ProblemError, CaseIterable {
    case closed

    var problem: HTTPError { HTTPError(.conflict, "The ticket is closed.", code: "ticket-closed") }
}
// end

// snippet: api
/// Support tickets.
@API("/tickets") struct Tickets {
    let store: [Ticket]

    /// List tickets, of one priority where one is given.
    @GET func list(priority: Priority? = nil, limit: Int = 20) -> [Ticket] {
        Array(self.store.filter { priority == nil || $0.priority == priority }.prefix(max(limit, 0)))
    }

    /// Fetch one ticket.
    @GET("{id}") func get(id: Int) throws -> Ticket {
        guard let ticket = self.store.first(where: { $0.id == id }) else {
            throw HTTPError(.notFound, "There is no ticket \(id).")
        }
        return ticket
    }

    /// Open a ticket.
    @POST func create(_ ticket: TicketDraft, caller: Caller) async throws -> Created<Ticket> {
        Created(Ticket(id: 3, subject: ticket.subject, priority: ticket.priority), at: "/tickets/3")
    }

    /// Close a ticket.
    @DELETE("{id}") func close(id: Int) throws(TicketError) {
        if id == 1 { throw .closed }
    }
}
// end

@Suite("Guide: typed endpoints")
struct APISnippets {
    private static let store = [
        Ticket(id: 1, subject: "a", priority: .low), Ticket(id: 2, subject: "b", priority: .high),
    ]

    // snippet: routes
    func handler() throws -> any Handler {
        let routes = Routes()
        routes.get("/hello/{name}") { call in "Hello, \(call.path["name"] ?? "")!" }
        routes.group("/v1", middleware: [BodyLimit(64 * 1024)]) { v1 in
            v1.mount(Tickets(store: Self.store))
        }
        let document = OpenAPIDocument(routes, info: .init(title: "Helpdesk", version: "1.0.0")).json
        routes.on(.get, "/openapi.json") { _ in try Response(json: document) }
        return try routes.handler()
    }
    // end

    // snippet: json
    func readAndWrite(text: String) throws -> String {
        let ticket = try JSON.decode(TicketDraft.self, from: text)
        return try JSON.text(ticket)
    }
    // end

    private func answer(_ request: Request) async throws -> Response {
        do {
            return try await self.handler().respond(to: request)
        } catch let error as HTTPError {
            return error.response
        }
    }

    @Test("The endpoints of the guide answer as it says")
    func answers() async throws {
        #expect(try await self.answer(Request(.get, "/hello/Ada")).body.text == "Hello, Ada!")
        let list = try await self.answer(Request(.get, "/v1/tickets?priority=high"))
        #expect(list.body.text == #"[{"id":2,"subject":"b","priority":"high"}]"#)
        #expect(try await self.answer(Request(.delete, "/v1/tickets/1")).status == .conflict)
        let body: Bytes = #"{"subject":"","body":"b","reply-to":"nobody"}"#
        let refused = try await self.answer(Request(.post, "/v1/tickets", headers: ["x-user": "Ada"], body: body))
        #expect(refused.status == .unprocessableContent)
        #expect(refused.body.text?.contains(#""pointer":"/subject","rule":"length""#) == true)
        #expect(refused.body.text?.contains(#""pointer":"/reply-to","rule":"format""#) == true)
        #expect(try await self.answer(Request(.get, "/openapi.json")).body.text?.contains("\"tickets.create\"") == true)
    }

    @Test("The types of the guide are read and written as it says")
    func types() throws {
        let text = try self.readAndWrite(text: #"{"subject":"s","body":"b"}"#)
        #expect(text == #"{"subject":"s","body":"b","priority":"normal","tags":[],"reply-to":null}"#)
        let event = try JSON.decode(Event.self, from: #"{"type":"closed","by":"Ada"}"#)
        #expect(try JSON.text(event) == #"{"type":"closed","by":"Ada","reason":null}"#)
    }
}
