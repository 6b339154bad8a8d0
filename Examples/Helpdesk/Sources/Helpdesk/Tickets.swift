// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// Support tickets.
@API("/tickets") struct Tickets {
    /// List tickets, newest first.
    @GET func list(filter: Query<TicketFilter>, store: TicketStore) async -> [Ticket] {
        await store.list(where: filter.value.matches, limit: filter.limit)
    }

    /// Fetch one ticket.
    @GET("{id}") func get(id: Int, store: TicketStore) async throws(TicketError) -> Ticket {
        try await store.ticket(id)
    }

    /// Open a ticket.
    @POST func create(_ draft: TicketDraft, store: TicketStore) async -> Created<Ticket> {
        let ticket = await store.open(draft)
        return Created(ticket, at: "/tickets/\(ticket.id)")
    }

    /// Change a ticket.
    @PATCH("{id}") func change(
        id: Int,
        _ change: TicketChange,
        agent: Agent,
        store: TicketStore
    ) async throws(TicketError) -> Ticket {
        try await store.change(id, change)
    }

    /// Answer a ticket.
    @POST("{id}/answers") func answer(
        id: Int,
        _ draft: AnswerDraft,
        agent: Agent,
        store: TicketStore
    ) async throws(TicketError) -> Created<Ticket> {
        Created(try await store.answer(id, draft, by: agent), at: "/tickets/\(id)")
    }

    /// Remove a ticket.
    @DELETE("{id}") func remove(id: Int, agent: Agent, store: TicketStore) async throws(TicketError) {
        try await store.remove(id)
    }
}

/// Which tickets are wanted.
@Schema struct TicketFilter {
    /// Those that are as urgent.
    var priority: Priority?
    var state: State?
    /// Those that have each of these.
    @Items(...4) var topic: [Topic] = []
    /// The most tickets to give.
    @Range(1...100) var limit = 20

    func matches(_ ticket: Ticket) -> Bool {
        (self.priority == nil || ticket.priority == self.priority)
            && (self.state == nil || ticket.state == self.state)
            && self.topic.allSatisfy(ticket.topics.contains)
    }
}
