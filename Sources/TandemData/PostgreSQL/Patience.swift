// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import Synchronization

/// Whether it pays to wait for an answer on the caller's own thread, for a moment.
///
/// A server nearby answers in less time than two threads take to wake each other. So the only statement in flight is
/// waited for where it was sent, for a tenth of a millisecond; where that did not do, the next ones are not, the more
/// of them the more often. With several in flight the thread has better to do.
final class Patience: Sendable {
    private let inFlight = Atomic(0)
    private let misses = Atomic(0)
    private let skips = Atomic(0)

    /// A statement is about to be sent.
    ///
    /// - Returns: Whether to wait for it on this thread.
    func begin() -> Bool {
        guard self.inFlight.wrappingAdd(1, ordering: .relaxed).newValue == 1 else { return false }
        if self.skips.load(ordering: .relaxed) == 0 { return true }
        self.skips.wrappingSubtract(1, ordering: .relaxed)
        return false
    }

    /// The statement's answer is there, or nobody waits for it any more.
    func end() { self.inFlight.wrappingSubtract(1, ordering: .relaxed) }

    /// Whether an answer came in time.
    func learn(isAnswered: Bool) {
        if isAnswered {
            self.misses.store(0, ordering: .relaxed)
        } else {
            let misses = self.misses.wrappingAdd(1, ordering: .relaxed).newValue
            self.skips.store(1 << min(misses, 10), ordering: .relaxed)
        }
    }
}
#endif
