// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What was lately found under a path, kept for a moment so that the next request need not ask the system.
///
/// It holds two generations: what is used moves to the young one, and once that is half the capacity, the old one
/// goes. So it never holds more than its capacity, and what is asked for often stays.
final class FileCache<Value: Sendable>: Sendable {
    private struct Entry {
        let value: Value
        let expires: ContinuousClock.Instant
    }

    private struct Generations {
        var young: [RequestedPath: Entry] = [:]
        var old: [RequestedPath: Entry] = [:]
    }

    private let capacity: Int
    private let lifetime: Duration
    private let generations = Mutex(Generations())

    /// A cache of so many values, each good for a lifetime; a capacity under two keeps none.
    init(capacity: Int, lifetime: Duration) {
        self.capacity = capacity
        self.lifetime = lifetime
    }

    /// The value kept for a path, or else what `load` finds, which is then kept unless it is `nil`.
    func value<Failure: Error>(
        for path: RequestedPath,
        now: @autoclosure () -> ContinuousClock.Instant = .now,
        load: () throws(Failure) -> Value?
    ) throws(Failure) -> Value? {
        guard self.capacity > 1, self.lifetime > .zero else { return try load() }
        let now = now()
        if let value = self.kept(path, now) { return value }
        guard let value = try load() else { return nil }
        self.keep(Entry(value: value, expires: now.advanced(by: self.lifetime)), for: path)
        return value
    }

    /// The number of values held.
    var count: Int {
        self.generations.withLock { $0.young.count + $0.old.count }
    }

    private func kept(_ path: RequestedPath, _ now: ContinuousClock.Instant) -> Value? {
        self.generations.withLock { generations in
            if let entry = generations.young[path], entry.expires > now { return entry.value }
            // What has expired goes from both, or a file that is gone would stay open.
            let stale = generations.young.removeValue(forKey: path)
            let entry = generations.old.removeValue(forKey: path) ?? stale
            guard let entry, entry.expires > now else { return nil }
            generations.young[path] = entry
            return entry.value
        }
    }

    private func keep(_ entry: Entry, for path: RequestedPath) {
        // What is dropped closes its files, which is done outside the lock.
        let dropped = self.generations.withLock { generations in
            generations.old[path] = nil
            generations.young[path] = entry
            guard generations.young.count > self.capacity / 2 else { return [RequestedPath: Entry]() }
            let dropped = generations.old
            generations.old = generations.young
            generations.young = [:]
            return dropped
        }
        withExtendedLifetime(dropped) {}
    }
}
