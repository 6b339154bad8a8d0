// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import Testing

@testable import TandemAPI

@Suite("Rate limits in memory")
struct MemoryRateLimitStoreTests {
    private let clock = HandClock()

    @Test("What is given back can be taken again")
    func giveBack() {
        let store = MemoryRateLimitStore(clock: self.clock)
        let policy = RateLimitPolicy(limit: 2, window: .seconds(10))
        for _ in 0..<5 {
            #expect(store.take(from: "a", under: policy).remaining == 1)
            store.giveBack(to: "a", under: policy)
        }
        store.giveBack(to: "unknown", under: policy)
        #expect(store.take(from: "a", under: policy).remaining == 1)
        #expect(store.take(from: "a", under: policy).remaining == 0)
        #expect(!store.take(from: "a", under: policy).isAdmitted)
    }

    @Test("However many keys there are, it holds no more than its capacity")
    func capacity() {
        let store = MemoryRateLimitStore(capacity: 100, clock: self.clock)
        let policy = RateLimitPolicy(limit: 1, window: .seconds(60))
        var most = 0
        for key in 0..<10_000 {
            #expect(store.take(from: "\(key)", under: policy).isAdmitted)
            // One that goes on asking is not forgotten for those that ask once.
            #expect(store.take(from: "busy", under: policy).isAdmitted == (key == 0))
            most = max(most, store.count)
        }
        #expect(most <= 100)
    }

    @Test("A capacity too small to be one is two", arguments: [Int.min, -1, 0, 1, 2, 3])
    func smallCapacity(capacity: Int) {
        let store = MemoryRateLimitStore(capacity: capacity, clock: self.clock)
        let policy = RateLimitPolicy(limit: 1, window: .seconds(60))
        for key in ["a", "b", "c", "d"] { #expect(store.take(from: key, under: policy).isAdmitted) }
        #expect(store.count <= 2)
    }

    @Test("Keys that have their whole allowance again go with time, and no others")
    func ages() {
        let store = MemoryRateLimitStore(clock: self.clock)
        let long = RateLimitPolicy(limit: 1, window: .seconds(100))
        let short = RateLimitPolicy(limit: 1, window: .seconds(1))
        #expect(store.take(from: "slow", under: long).isAdmitted)
        for second in 1..<100 {
            self.clock.advance(by: .seconds(1))
            #expect(store.take(from: "\(second)", under: short).isAdmitted)
            #expect(!store.take(from: "slow", under: long).isAdmitted)
        }
        self.clock.advance(by: .seconds(1))
        #expect(store.take(from: "slow", under: long).isAdmitted)
        for _ in 0..<3 {
            self.clock.advance(by: .seconds(100))
            _ = store.take(from: "last", under: short)
        }
        #expect(store.count == 1)
    }

    @Test(
        "No policy is too small, too large, or too long to count",
        arguments: [
            (Int.min, .zero), (0, .seconds(-1)), (Int.max, .zero), (Int.max, .seconds(Int64.max)),
            (1, .seconds(Int64.max)),
            (7, .nanoseconds(1)), (1_000_000_000, .milliseconds(1)), (3, .seconds(Int64.min)),
        ] as [(Int, Duration)]
    )
    func extremes(limit: Int, window: Duration) {
        let store = MemoryRateLimitStore(clock: self.clock)
        let policy = RateLimitPolicy(limit: limit, window: window)
        #expect(policy.limit >= 1)
        #expect(policy.window >= .milliseconds(1))
        for _ in 0..<3 { _ = store.take(from: "a", under: policy) }
        self.clock.advance(by: .seconds(Int64.max / 4))
        let decision = store.take(from: "a", under: policy)
        #expect(decision.isAdmitted)
        #expect(decision.remaining == policy.limit - 1)
    }

    @Test("Many tasks at once take no more than there is")
    func concurrent() async {
        let store = MemoryRateLimitStore(clock: self.clock)
        let policy = RateLimitPolicy(limit: 100, window: .seconds(60))
        let admitted = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<50).count { _ in store.take(from: "a", under: policy).isAdmitted } }
            }
            return await group.reduce(0, +)
        }
        #expect(admitted == 100)
    }
}
