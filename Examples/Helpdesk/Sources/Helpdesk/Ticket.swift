// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Tandem

/// How soon somebody has to look at it.
@Schema enum Priority: String {
    case low, normal, high
}

/// What becomes of a ticket.
@Schema enum State: String {
    case open, closed
}

/// What a ticket has to do with.
@Schema enum Topic: String {
    case hardware, software, network, coffee
}

@Schema struct TicketDraft {
    /// What is wrong, in one line.
    @Length(1...120) @Example("The printer is on fire") var subject: String
    /// All there is to say.
    @Length(1...10_000) @Example("Flames come out of tray 2.") var body: String
    var priority: Priority = .normal
    @Items(...4) @Unique var topics: [Topic] = []
    /// Where to write to.
    @Format(.email) @Example("ada@example.com") var replyTo: String?
}

@Schema struct Ticket {
    var id: Int
    /// What is wrong, in one line.
    var subject: String
    /// All there is to say.
    var body: String
    var priority: Priority
    var state: State = .open
    var topics: [Topic]
    var replyTo: String?
    var openedAt: Date
    /// What was answered, the first answer first.
    var answers: [Answer] = []
}

@Schema struct AnswerDraft {
    @Length(1...10_000) @Example("Have you tried turning it off?") var text: String
    /// Whether the ticket is closed with it.
    var closes = false
}

@Schema struct Answer {
    /// Who answered.
    var agent: String
    var text: String
    var at: Date
}

/// What is to be changed; what is not there stays as it is.
@Schema struct TicketChange {
    @Length(1...120) var subject: String?
    var priority: Priority?
    /// `null` for nowhere.
    @Format(.email) var replyTo: Patch<String>
}
