// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// What happens, as it happens.
@API("/changes") struct Changes {
    /// How long one stream lasts; browsers come back by themselves, and go on where they were.
    let lifetime: Duration

    /// Follow what happens to tickets.
    ///
    /// Who says in `last-event-id` which change is the last that is known gets those after it first.
    @GET func follow(lastEventId: Header<Int?> = Header(nil), store: TicketStore) async -> EventStream<Change> {
        let changes = await store.changes(after: lastEventId.value ?? 0, for: self.lifetime)
        return EventStream(changes, id: { String($0.number) })
    }

    /// List all that happened so far, a line each.
    @GET("log") func log(store: TicketStore) async -> JSONLines<Change> {
        JSONLines(await store.changes(after: 0, for: .zero))
    }
}

@Schema struct Change {
    /// Changes are counted from 1.
    var number: Int
    var event: Event

    @Schema enum Event {
        case opened(ticket: Int)
        case changed(ticket: Int)
        case answered(ticket: Int, by: String)
        case removed(ticket: Int)
    }
}
