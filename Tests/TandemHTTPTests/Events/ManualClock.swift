// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A clock that goes only when it is told to.
final class ManualClock: Clock {
    struct Instant: InstantProtocol {
        var sinceStart: Duration

        func advanced(by duration: Duration) -> Instant { Instant(sinceStart: self.sinceStart + duration) }
        func duration(to other: Instant) -> Duration { other.sinceStart - self.sinceStart }
        static func < (left: Instant, right: Instant) -> Bool { left.sinceStart < right.sinceStart }
    }

    private struct State {
        var now = Duration.zero
        var nextSleeper = 0
        var sleepers: [Int: (deadline: Duration, continuation: CheckedContinuation<Void, any Error>)] = [:]
    }

    /// Until when each sleep lasts, since the start, as it begins.
    let sleeps: AsyncStream<Duration>
    private let began: AsyncStream<Duration>.Continuation
    private let state = Mutex(State())

    init() {
        (self.sleeps, self.began) = AsyncStream.makeStream()
    }

    var now: Instant { Instant(sinceStart: self.state.withLock { $0.now }) }
    var minimumResolution: Duration { .zero }

    func advance(by duration: Duration) {
        let woken = self.state.withLock { state in
            state.now += duration
            let woken = state.sleepers.filter { $0.value.deadline <= state.now }
            for number in woken.keys { state.sleepers[number] = nil }
            return woken.values.map(\.continuation)
        }
        for continuation in woken { continuation.resume() }
    }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let number = self.state.withLock { state in
            state.nextSleeper += 1
            return state.nextSleeper
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isOver = self.state.withLock { state in
                    // Looked at under the lock, so that a cancellation is seen here or finds the sleeper.
                    if Task.isCancelled || deadline.sinceStart <= state.now { return true }
                    state.sleepers[number] = (deadline.sinceStart, continuation)
                    return false
                }
                if isOver { continuation.resume() } else { self.began.yield(deadline.sinceStart) }
            }
            try Task.checkCancellation()
        } onCancel: {
            self.state.withLock { $0.sleepers.removeValue(forKey: number) }?
                .continuation.resume(throwing: CancellationError())
        }
    }
}
