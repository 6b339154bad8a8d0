// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import TandemSchema

@Schema enum Urgency: String { case low, high }

@Schema struct Ticket: Equatable {
    var id: Int
    @Length(1...20) var subject: String
    var urgency: Urgency = .low
}

@Schema struct TicketDraft: Equatable {
    /// What is wrong, in one line.
    @Length(1...20) var subject: String
    var urgency: Urgency = .low
}

/// Who is asking, by the field `authorization`.
struct Caller: Dependency {
    let name: String

    static func resolve(for call: Call) async throws -> Caller {
        guard let name = call.request.headers["authorization"] else {
            throw HTTPError(.unauthorized, "Say who you are.")
        }
        return Caller(name: name)
    }
}

enum DeskError: ProblemError, CaseIterable {
    case closed

    var problem: HTTPError { HTTPError(.conflict, "The ticket is closed.", code: "ticket-closed") }
}

/// Support tickets.
@API("/desks/{desk}/tickets") struct Desk {
    let tickets: [Ticket]

    /// List tickets, newest first.
    ///
    /// All of them, or those that are as urgent.
    @GET func list(desk: String, urgency: Urgency? = nil, tag: [String] = [], limit: Int = 10) -> [Ticket] {
        self.tickets.filter { urgency == nil || $0.urgency == urgency }.prefix(max(limit, 0)).map { ticket in
            Ticket(
                id: ticket.id,
                subject: ([desk, ticket.subject] + tag).joined(separator: " "),
                urgency: ticket.urgency
            )
        }
    }

    /// Fetch one ticket.
    @GET("{id}") func get(desk: String, id: Int) throws -> Ticket {
        guard let ticket = self.tickets.first(where: { $0.id == id }) else {
            throw HTTPError(.notFound, "There is no ticket \(id).")
        }
        return ticket
    }

    /// Open a ticket.
    @POST func create(desk: String, _ draft: TicketDraft, caller: Caller) async throws -> Created<Ticket> {
        Created(
            Ticket(id: 9, subject: "\(caller.name): \(draft.subject)", urgency: draft.urgency),
            at: "/desks/\(desk)/tickets/9"
        )
    }

    @PUT("{id}") func replace(desk: String, id: Int, _ draft: TicketDraft) -> Ticket {
        Ticket(id: id, subject: draft.subject, urgency: draft.urgency)
    }

    @DELETE("{id}") func close(desk: String, id: Int) throws(DeskError) {
        if id == 1 { throw .closed }
    }

    @GET("agent") func agent(desk: String, userAgent: Header<String>, session: Cookie<Int?>) -> String {
        "\(userAgent.value) \(session.value.map(String.init) ?? "-")"
    }

    @Route("PURGE", "") func purge(desk: String, request: Request) -> Redirect {
        Redirect(to: "/\(request.method.rawValue.lowercased())")
    }
}
