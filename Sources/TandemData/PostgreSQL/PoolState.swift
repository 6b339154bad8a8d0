// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
/// Who uses which connection, who waits for one, and when to open more; without sockets, locks or clocks.
struct PoolState<Member: Sendable> {
    typealias Instant = ContinuousClock.Instant

    struct Slot {
        let id: UInt64
        let member: Member
        let expires: Instant
        /// The event loop that it was last used on.
        var loop: ObjectIdentifier?
        /// Statements on their way.
        var load = 0
        /// Whether one of them may take long, so that none is put behind it.
        var isBlocked = false
        /// Whether a transaction has it for itself.
        var isExclusive = false
        /// Whether it takes no more statements, so that a transaction gets it.
        var isReserved = false
        /// Whether a statement on it is being cancelled, so that nothing else may be.
        var isHeld = false
        /// Whether it is closed when it is done.
        var isRetiring = false
        /// When it was last asked whether the server is there at all.
        var probe: Instant?
        /// When it last began to work or got somewhere.
        var progress: Instant

        /// Whether it takes no statements besides.
        var isTaken: Bool { self.isExclusive || self.isReserved || self.isHeld || self.isRetiring }
        var isIdle: Bool { self.load == 0 && !self.isExclusive && !self.isHeld }
    }

    struct Waiter {
        let ticket: UInt64
        /// What it wants to run; nil for a transaction.
        let fingerprint: Int?
        /// The event loop that it wants to run on.
        var loop: ObjectIdentifier?
        let deadline: Instant
        let completion: @Sendable (Result<Member, DatabaseError>) -> Void
    }

    let connections: ClosedRange<Int>
    let depth: Int
    var slots: [Slot] = []
    /// Statements that wait, and transactions; each in their order.
    var shared: [Waiter] = []
    var exclusive: [Waiter] = []
    var opening = 0
    /// How many attempts to connect have failed since the last that did not.
    var failures = 0
    var failingSince: Instant?
    /// Why the last of them did.
    var failure: DatabaseError?
    var nextAttempt: Instant?
    var isClosed = false
    /// The statements that were answered quickly when they last ran.
    private(set) var quick: Set<Int> = []

    /// What takes longer is not quick, and while it does nothing is put behind it.
    static var patience: Duration { .milliseconds(10) }

    init(connections: ClosedRange<Int>, depth: Int) {
        self.connections = max(0, connections.lowerBound)...max(1, connections.upperBound)
        self.depth = max(1, depth)
    }

    var isIdle: Bool { self.slots.allSatisfy { $0.isIdle } }
}

// MARK: - Taking

extension PoolState {
    /// A connection for one statement, with as few as possible before it; of those, one of the same event loop.
    mutating func takeShared(_ fingerprint: Int, on loop: ObjectIdentifier? = nil, _ now: Instant) -> Member? {
        var best: Int?
        var least = (load: Int.max, hops: 0)
        // By their indices: to copy a slot costs more than all else here.
        for index in self.slots.indices where self.accepts(index, now) {
            let cost = (load: self.slots[index].load, hops: self.slots[index].loop == loop ? 0 : 1)
            if cost < least { (best, least) = (index, cost) }
            if cost == (0, 0) { break }
        }
        guard let best else { return nil }
        if least.load == 0 { (self.slots[best].progress, self.slots[best].loop) = (now, loop) }
        self.slots[best].load += 1
        if !self.quick.contains(fingerprint) { self.slots[best].isBlocked = true }
        return self.slots[best].member
    }

    private func accepts(_ index: Int, _ now: Instant) -> Bool {
        if self.slots[index].isTaken { return false }
        if self.slots[index].load == 0 { return true }
        // Where there may be another connection, it is waited for: what is ahead could take long.
        let mayGrow = self.slots.count < self.connections.upperBound && self.failures == 0
        return !mayGrow && !self.slots[index].isBlocked && self.slots[index].load < self.depth
            && now - self.slots[index].progress < Self.patience
    }

    /// A connection for a transaction, of the same event loop where there is one.
    mutating func takeExclusive(on loop: ObjectIdentifier? = nil, _ now: Instant) -> Member? {
        var index: Int?
        for candidate in self.slots.indices where self.slots[candidate].isIdle && !self.slots[candidate].isRetiring {
            let isNear = self.slots[candidate].loop == loop
            if isNear || index == nil { index = candidate }
            if isNear { break }
        }
        guard let index else { return nil }
        self.slots[index].isExclusive = true
        self.slots[index].loop = loop
        self.slots[index].isReserved = false
        self.slots[index].progress = now
        return self.slots[index].member
    }

    mutating func enqueue(_ waiter: Waiter) {
        if waiter.fingerprint == nil { self.exclusive.append(waiter) } else { self.shared.append(waiter) }
        self.reserve()
    }

    /// Keeps as many connections from new statements as transactions wait, if there are any that work for statements.
    private mutating func reserve() {
        var wanted = self.exclusive.count
        for index in self.slots.indices where self.slots[index].isReserved {
            if wanted > 0 { wanted -= 1 } else { self.slots[index].isReserved = false }
        }
        while wanted > 0 {
            let free = self.slots.indices.filter { index in
                let slot = self.slots[index]
                return !slot.isExclusive && !slot.isReserved && !slot.isRetiring && slot.load > 0
            }
            guard let least = free.min(by: { self.slots[$0].load < self.slots[$1].load }) else { return }
            self.slots[least].isReserved = true
            wanted -= 1
        }
    }

    /// Gives what is free to those who wait, the first first.
    mutating func dispatch(_ now: Instant) -> [(Waiter, Member)] {
        var given: [(Waiter, Member)] = []
        while true {
            let transactionIsNext =
                self.exclusive.first.map { first in self.shared.first.map { first.ticket < $0.ticket } ?? true }
                ?? false
            let (statement, transaction) = (self.shared.first, self.exclusive.first)
            if transactionIsNext, let member = self.takeExclusive(on: transaction?.loop, now) {
                given.append((self.exclusive.removeFirst(), member))
            } else if let statement, let fingerprint = statement.fingerprint,
                let member = self.takeShared(fingerprint, on: statement.loop, now)
            {
                given.append((self.shared.removeFirst(), member))
            } else if let transaction, let member = self.takeExclusive(on: transaction.loop, now) {
                given.append((self.exclusive.removeFirst(), member))
            } else {
                self.reserve()
                return given
            }
        }
    }
}

// MARK: - Giving back

extension PoolState {
    private func index(_ id: UInt64) -> Int? { self.slots.firstIndex { $0.id == id } }

    /// Changes what is known of a connection, if it is still there.
    @discardableResult
    mutating func update(_ id: UInt64, _ change: (inout Slot) -> Void) -> Bool {
        guard let index = self.index(id) else { return false }
        change(&self.slots[index])
        return true
    }

    /// So many statements on a connection have their answers.
    mutating func answered(_ id: UInt64, _ count: Int, _ now: Instant) {
        self.update(id) { slot in
            slot.progress = now
            if slot.isExclusive { return }
            slot.load = max(0, slot.load - count)
            if slot.load == 0 { slot.isBlocked = false }
        }
    }

    /// A statement has been answered after so long.
    mutating func learn(_ fingerprint: Int, _ duration: Duration) {
        if duration > Self.patience {
            self.quick.remove(fingerprint)
        } else {
            // More than an application has.
            if self.quick.count > 10_000 { self.quick = [] }
            self.quick.insert(fingerprint)
        }
    }

    /// A transaction is over.
    mutating func release(_ id: UInt64, _ now: Instant) {
        self.update(id) { slot in
            slot.isExclusive = false
            slot.load = 0
            slot.progress = now
        }
    }

    /// Keeps a connection from others while the only statement on it is cancelled.
    mutating func hold(_ id: UInt64) -> Bool {
        guard let index = self.index(id), !self.slots[index].isExclusive, self.slots[index].load == 1 else {
            return false
        }
        self.slots[index].isHeld = true
        return true
    }

    @discardableResult
    mutating func remove(_ id: UInt64) -> Bool {
        guard let index = self.index(id) else { return false }
        self.slots.remove(at: index)
        return true
    }
}

// MARK: - Opening, closing, time-outs

extension PoolState {
    /// How many connections to open now, which are then counted as opening.
    mutating func opens(_ now: Instant) -> Int {
        guard !self.isClosed, self.nextAttempt.map({ $0 <= now }) ?? true else { return 0 }
        let room = self.connections.upperBound - self.slots.count - self.opening
        // Where there is none at all, it is found out whether there can be one again: nobody waits for it meanwhile.
        let kept = max(self.connections.lowerBound, self.failures > 0 ? 1 : 0)
        let missing = kept - self.slots.count - self.opening
        let wanted = max(missing, self.exclusive.count + self.shared.count - self.opening)
        // A server that is just coming back is not to be stormed.
        let count = max(0, min(wanted, room, (self.failures > 0 ? 1 : 4) - self.opening))
        self.opening += count
        return count
    }

    /// A connection stands, on which one request is on its way.
    mutating func opened(_ id: UInt64, _ member: Member, expires: Instant, _ now: Instant) {
        self.opening -= 1
        self.failures = 0
        self.failingSince = nil
        self.failure = nil
        self.nextAttempt = nil
        self.slots.append(Slot(id: id, member: member, expires: expires, load: 1, isBlocked: true, progress: now))
    }

    /// An attempt to connect has failed; the next waits, the longer the more there were.
    ///
    /// `chance` is from 0 to 1, so that many programs do not come all at once.
    mutating func failed(_ now: Instant, chance: Double) {
        self.opening -= 1
        self.failingSince = self.failingSince ?? now
        let milliseconds = min(50 * Double(1 << min(self.failures, 6)), 2000)
        self.failures += 1
        self.nextAttempt = now + .milliseconds(Int(milliseconds * (0.5 + chance)))
    }

    /// Whether there has been no connection for so long.
    func isDown(for duration: Duration, _ now: Instant) -> Bool {
        self.slots.isEmpty && self.failingSince.map { now - $0 >= duration } ?? false
    }

    /// Those who have waited for too long.
    mutating func expired(_ now: Instant) -> [Waiter] {
        let late = self.shared.filter { $0.deadline <= now } + self.exclusive.filter { $0.deadline <= now }
        guard !late.isEmpty else { return [] }
        self.shared.removeAll { $0.deadline <= now }
        self.exclusive.removeAll { $0.deadline <= now }
        self.reserve()
        return late
    }

    /// Takes out all who wait.
    mutating func takeWaiters() -> [Waiter] {
        defer { (self.shared, self.exclusive) = ([], []) }
        return self.shared + self.exclusive
    }

    /// Takes a waiter out.
    mutating func withdraw(_ ticket: UInt64) -> Waiter? {
        for path in [\PoolState.shared, \PoolState.exclusive] {
            if let index = self[keyPath: path].firstIndex(where: { $0.ticket == ticket }) {
                defer { self.reserve() }
                return self[keyPath: path].remove(at: index)
            }
        }
        return nil
    }

    /// Takes out what is too old or has not been used for too long.
    mutating func retire(idleFor limit: Duration, _ now: Instant) -> [Member] {
        for index in self.slots.indices {
            let slot = self.slots[index]
            let isUnused = slot.isIdle && now - slot.progress > limit && self.slots.count > self.connections.lowerBound
            if slot.expires <= now || isUnused { self.slots[index].isRetiring = true }
        }
        let done = self.slots.filter { $0.isRetiring && $0.isIdle }
        self.slots.removeAll { $0.isRetiring && $0.isIdle }
        return done.map(\.member)
    }
}
#endif
