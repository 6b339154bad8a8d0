// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Tandem

/// The tickets, in memory.
actor TicketStore {
    private var tickets: [Int: Ticket] = [:]
    private var files: [Int: [StoredFile]] = [:]
    private var last = 0
    private var log: [Change] = []
    private var followers: [Int: AsyncStream<Change>.Continuation] = [:]
    private var lastFollower = 0

    @discardableResult
    func open(_ draft: TicketDraft) -> Ticket {
        self.last += 1
        let ticket = Ticket(
            id: self.last,
            subject: draft.subject,
            body: draft.body,
            priority: draft.priority,
            topics: draft.topics,
            replyTo: draft.replyTo,
            openedAt: .now
        )
        self.tickets[ticket.id] = ticket
        self.note(.opened(ticket: ticket.id))
        return ticket
    }

    /// Those of a filter, newest first.
    func list(where isWanted: @Sendable (Ticket) -> Bool, limit: Int) -> [Ticket] {
        Array(self.tickets.values.filter(isWanted).sorted { $0.id > $1.id }.prefix(limit))
    }

    func ticket(_ id: Int) throws(TicketError) -> Ticket {
        guard let ticket = self.tickets[id] else { throw .unknown }
        return ticket
    }

    func change(_ id: Int, _ change: TicketChange) throws(TicketError) -> Ticket {
        var ticket = try self.ticket(id)
        if let subject = change.subject { ticket.subject = subject }
        if let priority = change.priority { ticket.priority = priority }
        change.replyTo.apply(to: &ticket.replyTo)
        self.tickets[id] = ticket
        self.note(.changed(ticket: id))
        return ticket
    }

    func answer(_ id: Int, _ draft: AnswerDraft, by agent: Agent) throws(TicketError) -> Ticket {
        var ticket = try self.ticket(id)
        if ticket.state == .closed { throw .closed }
        ticket.answers.append(Answer(agent: agent.name, text: draft.text, at: .now))
        if draft.closes { ticket.state = .closed }
        self.tickets[id] = ticket
        self.note(.answered(ticket: id, by: agent.name))
        return ticket
    }

    func remove(_ id: Int) throws(TicketError) {
        guard self.tickets.removeValue(forKey: id) != nil else { throw .unknown }
        self.files[id] = nil
        self.note(.removed(ticket: id))
    }

    // MARK: - Files

    func attachments(of id: Int) throws(TicketError) -> [StoredFile] {
        _ = try self.ticket(id)
        return self.files[id] ?? []
    }

    /// Adds files, and gives all that the ticket then has.
    func attach(_ files: [StoredFile], to id: Int) throws(TicketError) -> [StoredFile] {
        let all = try self.attachments(of: id) + files
        self.files[id] = all
        self.note(.changed(ticket: id))
        return all
    }

    // MARK: - Changes

    private func note(_ event: Change.Event) {
        let change = Change(number: self.log.count + 1, event: event)
        self.log.append(change)
        for follower in self.followers.values { follower.yield(change) }
    }

    /// The changes after a number: those that were, then those that come for as long.
    func changes(after number: Int, for lifetime: Duration) -> AsyncStream<Change> {
        let (changes, continuation) = AsyncStream.makeStream(of: Change.self)
        for change in self.log where change.number > number { continuation.yield(change) }
        guard lifetime > .zero else {
            continuation.finish()
            return changes
        }
        self.lastFollower += 1
        let follower = self.lastFollower
        self.followers[follower] = continuation
        let end = Task {
            try? await Task.sleep(for: lifetime)
            continuation.finish()
        }
        continuation.onTermination = { _ in
            end.cancel()
            Task { await self.unfollow(follower) }
        }
        return changes
    }

    private func unfollow(_ follower: Int) {
        self.followers[follower] = nil
    }
}

extension TicketStore: Provided {}

enum TicketError: ProblemError, CaseIterable {
    case unknown, closed, noSuchFile

    var problem: HTTPError {
        switch self {
        case .unknown: HTTPError(.notFound, "There is no such ticket.", code: "no-such-ticket")
        case .closed: HTTPError(.conflict, "The ticket is closed.", code: "ticket-closed")
        case .noSuchFile: HTTPError(.notFound, "The ticket has no such file.", code: "no-such-attachment")
        }
    }
}
