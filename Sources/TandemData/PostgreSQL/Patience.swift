// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import Synchronization

/// Whether it pays to wait for an answer on the caller's own thread, for a moment.
///
/// A server nearby answers in less time than two threads take to wake each other. So a statement that is known to be
/// quick, while no other is in flight, is waited for where it was sent; where that takes longer than it should, the
/// next ones are not, the more of them the more often. With several in flight the thread has better to do.
final class Patience: Sendable {
    /// How long an answer takes at most for this to pay.
    static let worthwhile = Duration.microseconds(200)
    /// How long to wait; a timer that ends sooner costs more than the wait.
    static let limit = Duration.milliseconds(5)

    private let inFlight = Atomic(0)
    private let misses = Atomic(0)
    private let skips = Atomic(0)

    /// A statement is about to be sent.
    ///
    /// - Returns: Whether to wait for it on this thread.
    func begin(isQuick: Bool) -> Bool {
        guard self.inFlight.wrappingAdd(1, ordering: .relaxed).newValue == 1, isQuick else { return false }
        if self.skips.load(ordering: .relaxed) == 0 { return true }
        self.skips.wrappingSubtract(1, ordering: .relaxed)
        return false
    }

    /// The statement's answer is there, or nobody waits for it any more.
    func end() { self.inFlight.wrappingSubtract(1, ordering: .relaxed) }

    /// An answer took so long, or did not come.
    func learn(_ duration: Duration) {
        if duration < Self.worthwhile {
            self.misses.store(0, ordering: .relaxed)
        } else {
            let misses = self.misses.wrappingAdd(1, ordering: .relaxed).newValue
            self.skips.store(1 << min(misses, 10), ordering: .relaxed)
        }
    }
}
#endif
