// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Counts requests in this process.
///
/// It keeps one moment for each key: when its allowance will be whole again (the generic cell rate algorithm, which is
/// a bucket of tokens). A key that has all of its allowance is forgotten, in time.
///
/// It holds two generations of keys: those that are used move to the young one; once that has half the capacity, or a
/// window has passed, the old one goes. So a key is forgotten early only where more keys than half the capacity are
/// used within a window, and then the one that was quiet longest.
public final class MemoryRateLimitStore: RateLimitStore {
    private struct Generations {
        /// When each allowance is whole again, in nanoseconds since the start.
        var young: [String: Int64] = [:]
        var old: [String: Int64] = [:]
        var began: Int64 = 0
        /// The longest window of the policies seen.
        var lifetime: Int64 = 0
    }

    private let capacity: Int
    private let elapsed: @Sendable () -> Duration
    private let generations = Mutex(Generations())

    /// A store without keys.
    ///
    /// - Parameters:
    ///   - capacity: The most keys it holds, each about a hundred bytes; 65,536, and at least 2.
    ///   - clock: What tells the time.
    public init<C: Clock>(capacity: Int = 65_536, clock: C = ContinuousClock()) where C.Duration == Duration {
        self.capacity = max(2, capacity)
        let start = clock.now
        self.elapsed = { start.duration(to: clock.now) }
    }

    /// Takes one request from a key's allowance, where there is one left.
    public func take(from key: String, under policy: RateLimitPolicy) -> RateLimitDecision {
        let pace = Pace(policy)
        let now = self.elapsed().nanoseconds
        return self.generations.withLock { generations in
            self.age(&generations, now, pace)
            let whole = max(generations.young[key] ?? generations.old.removeValue(forKey: key) ?? now, now)
            let taken = whole + pace.interval
            // What was taken so far may be as much as comes back within the window.
            let isAdmitted = taken - now <= pace.window
            let new = isAdmitted ? taken : whole
            generations.young[key] = new
            let debt = new - now
            let remaining = Int((pace.window - debt) / pace.interval)
            let wait = remaining > 0 ? debt : debt + pace.interval - pace.window
            return RateLimitDecision(isAdmitted: isAdmitted, remaining: remaining, wait: .nanoseconds(wait))
        }
    }

    /// Undoes what `take` did.
    func giveBack(to key: String, under policy: RateLimitPolicy) {
        let interval = Pace(policy).interval
        self.generations.withLock { generations in
            if let whole = generations.young[key] {
                generations.young[key] = whole - interval
            } else if let whole = generations.old[key] {
                generations.old[key] = whole - interval
            }
        }
    }

    /// The number of keys held.
    var count: Int {
        self.generations.withLock { $0.young.count + $0.old.count }
    }

    private func age(_ generations: inout Generations, _ now: Int64, _ pace: Pace) {
        generations.lifetime = max(generations.lifetime, pace.window)
        guard generations.young.count >= self.capacity / 2 || now - generations.began >= generations.lifetime else {
            return
        }
        generations.old = generations.young
        generations.young = [:]
        generations.began = now
    }
}

/// A policy in nanoseconds.
private struct Pace {
    /// From one request to the next, where they come evenly.
    let interval: Int64
    /// For all of them.
    let window: Int64

    init(_ policy: RateLimitPolicy) {
        self.interval = max(1, policy.window.nanoseconds / Int64(policy.limit))
        self.window = self.interval * Int64(policy.limit)
    }
}

extension Duration {
    /// Whole nanoseconds, up to three lifetimes of a person.
    fileprivate var nanoseconds: Int64 {
        let (seconds, attoseconds) = self.components
        return min(max(seconds, 0), 8_000_000_000) * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
