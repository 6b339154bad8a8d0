// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import Testing

@testable import TandemData

@Suite("A pool decides who gets which connection")
struct PoolStateTests {
    private let start = ContinuousClock.now
    private var pool = PoolState<UInt64>(connections: 0...2, depth: 3)

    private mutating func open(_ ids: UInt64...) {
        for id in ids {
            self.pool.opening += 1
            self.pool.opened(id, id, expires: self.start + .seconds(3600), self.start)
            self.pool.answered(id, 1, self.start)
        }
    }

    private func waiter(_ ticket: UInt64, _ fingerprint: Int? = nil) -> PoolState<UInt64>.Waiter {
        PoolState.Waiter(ticket: ticket, fingerprint: fingerprint, deadline: self.start + .seconds(5)) { _ in }
    }

    @Test("An idle connection first; then behind the fewest, where all are known to be quick; then none")
    mutating func shared() {
        self.open(1, 2)
        self.pool.learn(7, .milliseconds(1))
        #expect((0..<7).map { _ in self.pool.takeShared(7, self.start) } == [1, 2, 1, 2, 1, 2, nil])
    }

    @Test("Of the connections that are as free, one that the caller's loop used last; a busy one keeps its loop")
    mutating func loops() {
        self.open(1, 2)
        self.pool.learn(7, .zero)
        let (here, there) = (ObjectIdentifier(Int.self), ObjectIdentifier(String.self))
        #expect(self.pool.takeShared(7, on: there, self.start) == 1)
        #expect(self.pool.takeShared(7, on: here, self.start) == 2)
        #expect(self.pool.takeShared(7, on: here, self.start) == 2, "it is as busy as the other, and here")
        #expect(self.pool.takeShared(7, on: here, self.start) == 1, "it is not as busy")
        self.pool.answered(1, 2, self.start)
        self.pool.answered(2, 2, self.start)
        #expect(self.pool.takeExclusive(on: here, self.start) == 2)
        #expect(self.pool.takeShared(7, on: here, self.start) == 1, "what is idle elsewhere comes along")
        self.pool.answered(1, 1, self.start)
        self.pool.release(2, self.start)
        #expect(self.pool.takeExclusive(on: there, self.start) == 1, "none is there any more")
    }

    @Test("Nothing is put behind a statement that is not known, or that takes longer than it did")
    mutating func blocked() {
        self.open(1, 2)
        self.pool.learn(7, .milliseconds(1))
        #expect(self.pool.takeShared(8, self.start) == 1)
        #expect(self.pool.takeShared(7, self.start) == 2)
        #expect(self.pool.takeShared(7, self.start) == 2)
        #expect(self.pool.takeShared(7, self.start + .milliseconds(11)) == nil)
        self.pool.answered(1, 1, self.start)
        #expect(self.pool.takeShared(7, self.start) == 1)
        self.pool.learn(7, .milliseconds(30))
        #expect(!self.pool.quick.contains(7))
    }

    @Test("While there may be another connection, it is waited for instead of a busy one")
    mutating func growing() {
        self.open(1)
        self.pool.learn(7, .zero)
        #expect(self.pool.takeShared(7, self.start) == 1)
        #expect(self.pool.takeShared(7, self.start) == nil)
        self.pool.enqueue(self.waiter(1, 7))
        #expect(self.pool.opens(self.start) == 1)
        #expect(self.pool.opens(self.start) == 0)
        self.pool.failed(self.start, chance: 0)
        #expect(self.pool.opens(self.start) == 0, "not before the pause is over")
        #expect(self.pool.dispatch(self.start).map(\.1) == [1], "there may be no other for long")
    }

    @Test("A transaction that waits gets a connection though statements keep coming; then those, in turn")
    mutating func exclusive() {
        self.open(1, 2)
        self.pool.learn(7, .zero)
        for _ in 0..<4 { _ = self.pool.takeShared(7, self.start) }
        self.pool.enqueue(self.waiter(1))
        #expect(self.pool.takeShared(7, self.start) == 2, "the other one is kept")
        #expect(self.pool.takeShared(7, self.start) == nil)
        self.pool.enqueue(self.waiter(2, 7))
        self.pool.answered(1, 2, self.start)
        #expect(self.pool.dispatch(self.start).map(\.0.ticket) == [1])
        self.pool.answered(2, 3, self.start)
        #expect(self.pool.dispatch(self.start).map(\.0.ticket) == [2])
        self.pool.release(1, self.start)
        #expect(self.pool.takeExclusive(self.start) == 1)
    }

    @Test("Who waits for too long is taken out, and what was kept for it is free again")
    mutating func expiry() {
        self.open(1, 2)
        self.pool.learn(7, .zero)
        for _ in 0..<2 { _ = self.pool.takeShared(7, self.start) }
        self.pool.enqueue(self.waiter(1))
        #expect(self.pool.expired(self.start + .seconds(4)).isEmpty)
        #expect(self.pool.expired(self.start + .seconds(5)).map(\.ticket) == [1])
        #expect(self.pool.slots.allSatisfy { !$0.isReserved })
        self.pool.enqueue(self.waiter(2))
        #expect(self.pool.withdraw(2)?.ticket == 2)
        #expect(self.pool.withdraw(2) == nil)
    }

    @Test("A pool that keeps none tries to connect all the same, until it is known that it can again")
    mutating func healing() {
        self.pool.opening = 1
        self.pool.failed(self.start, chance: 0)
        let later = self.start + .seconds(1)
        #expect(self.pool.isDown(for: .seconds(1), later), "who comes now does not even wait")
        #expect(self.pool.opens(later) == 1)
        self.pool.opened(1, 1, expires: later + .seconds(1), later)
        #expect(self.pool.opens(later) == 0)
    }

    @Test("Failed attempts are further and further apart, and forgotten with the first that works")
    mutating func pauses() {
        self.pool.enqueue(self.waiter(1))
        var (now, pauses): (ContinuousClock.Instant, [Duration]) = (self.start, [])
        for _ in 0..<8 {
            #expect(self.pool.opens(now) == 1)
            self.pool.failed(now, chance: 0.5)
            let next = self.pool.nextAttempt ?? now
            pauses.append(next - now)
            now = next
        }
        #expect(pauses.map(\.components.seconds).last == 2)
        #expect(pauses.first == .milliseconds(50))
        #expect(zip(pauses, pauses.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(self.pool.isDown(for: .seconds(1), now))
        #expect(self.pool.opens(now) == 1)
        self.pool.opened(1, 1, expires: now, now)
        #expect(self.pool.failures == 0 && !self.pool.isDown(for: .zero, now))
    }

    @Test("What is too old goes when it is done; what is unused goes too, but for those to keep")
    mutating func retirement() {
        self.open(1, 2)
        _ = self.pool.takeExclusive(self.start)
        let late = self.start + .seconds(4000)
        #expect(self.pool.retire(idleFor: .seconds(10_000), late) == [2])
        self.pool.release(1, late)
        #expect(self.pool.takeExclusive(late) == nil)
        #expect(self.pool.retire(idleFor: .seconds(10_000), late) == [1])
    }
}
#endif
