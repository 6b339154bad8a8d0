// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Who runs and who waits in a pool: a state machine without threads.
///
/// Each call draws a ticket, hands in its job, and waits for a lane. Jobs start in the order they were handed in.
struct OffloadQueue<Job> {
    let width: Int
    let limit: Int

    /// Lanes that nobody is on; the last one is taken first.
    private var freeLanes: [Int]
    /// Tickets drawn whose jobs have neither started nor been cancelled.
    private var places = 0
    private var nextTicket: UInt64 = 0

    /// Jobs by their place in the line; the places between `head` and `tail` that hold none were cancelled.
    private var waiting: [UInt64: (ticket: UInt64, job: Job)] = [:]
    private var head: UInt64 = 0
    private var tail: UInt64 = 0

    private var tickets: [UInt64: Ticket] = [:]

    private enum Ticket {
        case drawn
        case inLine(UInt64)
        case cancelled
    }

    init(width: Int, limit: Int) {
        self.width = width
        self.limit = limit
        self.freeLanes = Array((0..<width).reversed())
    }

    var waitingCount: Int { self.waiting.count }
    var isIdle: Bool { self.freeLanes.count == self.width && self.tickets.isEmpty }

    /// A ticket, or `nil` where all lanes are taken and the line is full.
    mutating func draw() -> UInt64? {
        guard self.places < self.limit + self.freeLanes.count else { return nil }
        self.places += 1
        self.nextTicket += 1
        self.tickets[self.nextTicket] = .drawn
        return self.nextTicket
    }

    enum Admission: Equatable {
        case start(lane: Int)
        case wait
        /// It was cancelled before it came: to be run off the lanes, where it finds itself cancelled.
        case turnAway
    }

    /// Hands in the job of a ticket.
    mutating func enter(_ job: Job, ticket: UInt64) -> Admission {
        if case .cancelled = self.tickets[ticket] {
            self.tickets[ticket] = nil
            return .turnAway
        }
        if self.waiting.isEmpty, let lane = self.freeLanes.popLast() {
            self.forget(ticket)
            return .start(lane: lane)
        }
        // A ticket comes back where the runtime hops twice; its place was given up at the start.
        if self.tickets[ticket] == nil { self.places += 1 }
        self.tickets[ticket] = .inLine(self.tail)
        self.waiting[self.tail] = (ticket, job)
        self.tail += 1
        return .wait
    }

    /// Takes a job that still waits out of the line.
    mutating func cancel(_ ticket: UInt64) -> Job? {
        switch self.tickets[ticket] {
        case .none, .cancelled:
            return nil
        case .drawn:
            self.places -= 1
            self.tickets[ticket] = .cancelled
            return nil
        case .inLine(let place):
            self.forget(ticket)
            return self.waiting.removeValue(forKey: place)?.job
        }
    }

    /// The job that comes next on a lane whose last one has ended; `nil` leaves the lane free.
    mutating func next(on lane: Int) -> Job? {
        while self.head < self.tail {
            self.head += 1
            if let (ticket, job) = self.waiting.removeValue(forKey: self.head - 1) {
                self.forget(ticket)
                return job
            }
        }
        self.freeLanes.append(lane)
        return nil
    }

    private mutating func forget(_ ticket: UInt64) {
        if self.tickets.removeValue(forKey: ticket) != nil { self.places -= 1 }
    }
}
