// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Tasks to run at a time, soonest first: a binary heap.
struct TimerQueue {
    typealias ID = UInt64

    private struct Timer {
        let id: ID
        let deadline: NIODeadline
        let task: @Sendable () -> Void
    }

    private var heap: [Timer] = []
    private var lastID: ID = 0
    /// Cancelled timers stay in the heap until they are due; there are few, and most of them soon are.
    private var cancelled: Set<ID> = []

    mutating func add(_ deadline: NIODeadline, _ task: @escaping @Sendable () -> Void) -> ID {
        self.lastID += 1
        self.heap.append(Timer(id: self.lastID, deadline: deadline, task: task))
        var child = self.heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard self.heap[child].deadline < self.heap[parent].deadline else { break }
            self.heap.swapAt(child, parent)
            child = parent
        }
        return self.lastID
    }

    mutating func cancel(_ id: ID) {
        if self.heap.contains(where: { $0.id == id }) { self.cancelled.insert(id) }
    }

    /// How long to wait for the first timer, rounded up; -1 for ever.
    var millisecondsToNext: CInt {
        guard let first = self.heap.first else { return -1 }
        let nanoseconds = (first.deadline - .now()).nanoseconds
        return nanoseconds <= 0 ? 0 : CInt(clamping: (nanoseconds + 999_999) / 1_000_000)
    }

    /// Takes out what is due.
    mutating func takeDue(into tasks: inout [@Sendable () -> Void]) {
        guard !self.heap.isEmpty else { return }
        let now = NIODeadline.now()
        while let first = self.heap.first, first.deadline <= now {
            self.removeFirst()
            if self.cancelled.remove(first.id) == nil { tasks.append(first.task) }
        }
    }

    private mutating func removeFirst() {
        let last = self.heap.removeLast()
        guard !self.heap.isEmpty else { return }
        self.heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < self.heap.count && self.heap[child].deadline < self.heap[least].deadline {
                least = child
            }
            guard least != parent else { break }
            self.heap.swapAt(least, parent)
            parent = least
        }
    }
}
