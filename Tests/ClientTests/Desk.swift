// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemAPI
import TandemHTTP
import TandemSchema

/// How a customer feels.
@Schema enum Mood: String {
    case calm, angry
}

/// What happened to a ticket.
@Schema enum Incident: Equatable {
    /// Somebody wrote.
    case opened(by: String)
    case closed(by: String, reason: String? = nil)
    @Key("re-opened") case again
}

@Schema struct Ticket {
    var id: Int
    /// What is wrong, in one line: */ " """ \ `${x}` are nothing to fear.
    var subject: String
    var mood: Mood
    var openedAt: Date
    var key: UUID
    var attachment: Data
    var price: Decimal
    var large: UInt64
    var link: URL
    var note: String?
    var tags: [String]
    var counts: [String: Int]
    var history: [Incident]
    var related: [Ticket]
    @Key("reply-to") var replyTo: String?
    @Key("class") var kind: String
    var anything: JSON
}

@Schema struct TicketDraft {
    @Length(1...40) var subject: String
    var mood: Mood = .calm
    @Items(...3) var tags: [String] = []
    var note: String?
    var history: [Incident] = []
    var due: Date?
    @Key("reply-to") @Format(.email) var replyTo: String?
}

@Schema struct TicketChange {
    var subject: Patch<String>
    var note: Patch<String>
}

@Schema struct Ping {
    var number: Int
    var text: String
}

enum DeskError: ProblemError, CaseIterable {
    case closed

    var problem: HTTPError { HTTPError(.conflict, "The ticket is closed.", code: "ticket-closed") }
}

/// Support tickets.
@API("/tickets") struct Tickets {
    /// List tickets.
    ///
    /// Those of one mood, where one is given.
    @GET func list(mood: Mood? = nil, tag: [String] = [], limit: Int = 2) -> [Ticket] {
        (0..<max(limit, 0)).map { Self.ticket($0, subject: tag.joined(separator: "|"), mood: mood ?? .calm) }
    }

    /// Fetch one ticket.
    @GET("{id}") func get(id: Int) throws -> Ticket {
        guard id < 100 else { throw HTTPError(.notFound, "There is no ticket \(id).", code: "no-such-ticket") }
        return Self.ticket(id, subject: "Grüße, 世界 🎉", mood: .angry)
    }

    /// Open a ticket.
    @POST func create(_ draft: TicketDraft) -> Created<Ticket> {
        var ticket = Self.ticket(9, subject: draft.subject, mood: draft.mood)
        ticket.tags = draft.tags
        ticket.note = draft.note
        ticket.history = draft.history
        ticket.replyTo = draft.replyTo
        if let due = draft.due { ticket.openedAt = due }
        return Created(ticket, at: "/tickets/9")
    }

    /// Change what is said, and nothing else.
    @PATCH("{id}") func change(id: Int, _ change: TicketChange) -> String {
        func word(_ change: Patch<String>) -> String {
            switch change {
            case .missing: "missing"
            case .null: "null"
            case .value(let text): text
            }
        }
        return "\(id) \(word(change.subject)) \(word(change.note))"
    }

    /// Close a ticket.
    @DELETE("{id}") func close(id: Int) throws(DeskError) {
        if id == 1 { throw .closed }
    }

    @GET("said") func said(userAgent: Header<String?>, xWord: Header<String>, session: Cookie<Int?>) -> String {
        "\(xWord.value) \(session.value.map(String.init) ?? "-")"
    }

    @GET("named/{name}") func named(name: String) -> String { name }

    static func ticket(_ id: Int, subject: String, mood: Mood) -> Ticket {
        Ticket(
            id: id,
            subject: subject,
            mood: mood,
            openedAt: Date(timeIntervalSince1970: 1_795_000_000.25),
            key: UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)),
            attachment: Data([0, 255, 7]),
            price: Decimal(string: "19.90") ?? 0,
            large: .max,
            link: URL(filePath: "/tmp/x"),
            tags: ["a", "b"],
            counts: ["größe": 3],
            history: [.opened(by: "Ada"), .closed(by: "Bob"), .again],
            related: id > 0 ? [self.ticket(0, subject: "inner", mood: .calm)] : [],
            kind: "plain",
            anything: ["x": [1, nil, true]]
        )
    }
}
