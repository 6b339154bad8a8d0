// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Tells those who listen of what was committed, in the order of the commits.
final class ChangeHub: Sendable {
    private let state = Mutex(State())

    private struct State {
        var nextNumber = 0
        var listeners: [String: [Int: Listener]] = [:]
        var hasEnded = false
    }

    /// One who listens to a table.
    struct Listener: Sendable {
        let tell: @Sendable (RowChange) -> Void
        let end: @Sendable () -> Void
    }

    /// Whether anybody listens to a table, so that it is worth knowing which rows change.
    func isObserved(_ table: String) -> Bool {
        self.state.withLock { $0.listeners[table] != nil }
    }

    func publish(_ changes: [RowChange]) {
        guard !changes.isEmpty else { return }
        self.state.withLock { state in
            for change in changes {
                state.listeners[change.table]?.values.forEach { $0.tell(change) }
            }
        }
    }

    /// - Returns: A number to stop listening by.
    func add(_ listener: Listener, to table: String) -> Int {
        let (number, hasEnded) = self.state.withLock { state in
            state.nextNumber += 1
            if !state.hasEnded { state.listeners[table, default: [:]][state.nextNumber] = listener }
            return (state.nextNumber, state.hasEnded)
        }
        if hasEnded { listener.end() }
        return number
    }

    func remove(_ number: Int, from table: String) {
        self.state.withLock { state in
            state.listeners[table]?[number] = nil
            if state.listeners[table]?.isEmpty == true { state.listeners[table] = nil }
        }
    }

    /// Ends all who listen, now and later.
    func end() {
        let listeners = self.state.withLock { state in
            defer { state.listeners = [:] }
            state.hasEnded = true
            return state.listeners.values.flatMap(\.values)
        }
        listeners.forEach { $0.end() }
    }
}
