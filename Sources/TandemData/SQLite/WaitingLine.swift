// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Those who wait, first come, first served; anyone may leave, and is sent away after a time.
struct WaitingLine<Waiter> {
    private var places: [Place?] = []
    private var head = 0
    private var lastTicket = 0
    private var isSwept = false

    private struct Place {
        let ticket: Int
        let deadline: ContinuousClock.Instant
        let waiter: Waiter
    }

    /// A name for one who is about to wait.
    mutating func draw() -> Int {
        self.lastTicket += 1
        return self.lastTicket
    }

    /// Waits behind the others.
    ///
    /// - Returns: Whether somebody must call `expire` at the deadline.
    mutating func join(_ waiter: Waiter, ticket: Int, until deadline: ContinuousClock.Instant) -> Bool {
        self.places.append(Place(ticket: ticket, deadline: deadline, waiter: waiter))
        defer { self.isSwept = true }
        return !self.isSwept
    }

    /// Leaves the line; nil for one who is not in it, any more or yet.
    mutating func leave(_ ticket: Int) -> Waiter? {
        guard let index = self.places[self.head...].firstIndex(where: { $0?.ticket == ticket }) else { return nil }
        defer { self.places[index] = nil }
        return self.places[index]?.waiter
    }

    /// The first, who stays.
    var first: Waiter? {
        mutating get {
            while self.head < self.places.count, self.places[self.head] == nil { self.head += 1 }
            return self.head < self.places.count ? self.places[self.head]?.waiter : nil
        }
    }

    /// Takes the first out of the line.
    mutating func next() -> Waiter? {
        guard let first = self.first else {
            self.places.removeAll()
            self.head = 0
            return nil
        }
        self.head += 1
        if self.head > 64, self.head * 2 > self.places.count {
            self.places.removeFirst(self.head)
            self.head = 0
        }
        return first
    }

    var count: Int { self.places[self.head...].count { $0 != nil } }

    /// Takes out all.
    mutating func removeAll() -> [Waiter] {
        var all: [Waiter] = []
        while let next = self.next() { all.append(next) }
        return all
    }

    /// Takes out those whose time is over, and says when to look again.
    mutating func expire(at now: ContinuousClock.Instant) -> (waiters: [Waiter], next: ContinuousClock.Instant?) {
        var expired: [Waiter] = []
        while self.first != nil, let place = self.places[self.head] {
            guard place.deadline <= now else { return (expired, place.deadline) }
            expired.append(place.waiter)
            self.places[self.head] = nil
        }
        self.isSwept = false
        return (expired, nil)
    }
}
