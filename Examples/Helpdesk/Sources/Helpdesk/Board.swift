// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem
import TandemHTML

/// The page that people look at.
@API("/board") struct Board {
    let templates: Templates

    /// Show the tickets.
    @GET func show(store: TicketStore) async throws -> HTML {
        let tickets = await store.list(where: { _ in true }, limit: 50)
        return try self.templates.render("board", ["tickets": tickets])
    }

    /// Open a ticket by the form of the page.
    @POST func open(_ draft: TicketDraft, store: TicketStore) async -> Redirect {
        await store.open(draft)
        return Redirect(to: "/board")
    }
}
