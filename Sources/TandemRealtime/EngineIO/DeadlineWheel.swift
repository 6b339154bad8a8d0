// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Things to look at again at a time, whole buckets of them at once: one addition each, however many there are.
struct DeadlineWheel<Element> {
    private let granularity: Int64
    private var buckets: [Int64: [Element]] = [:]
    /// The bucket that is looked at next.
    private var next: Int64

    /// A wheel that is up to so many milliseconds late.
    init(granularity: Int64, now: Int64) {
        self.granularity = granularity
        self.next = now / granularity
    }

    var isEmpty: Bool { self.buckets.isEmpty }

    /// Has an element come back at a time, or right after.
    mutating func insert(_ element: Element, at time: Int64, now: Int64) {
        // Whatever went by meanwhile, nobody waited for.
        if self.buckets.isEmpty { self.next = max(self.next, now / self.granularity) }
        let bucket = max(self.next, time / self.granularity + 1)
        self.buckets[bucket, default: []].append(element)
    }

    /// Takes what is due.
    mutating func take(at now: Int64) -> [Element] {
        var due: [Element] = []
        let last = now / self.granularity
        while self.next <= last, !self.buckets.isEmpty {
            if let bucket = self.buckets.removeValue(forKey: self.next) { due += bucket }
            self.next += 1
        }
        return due
    }
}
