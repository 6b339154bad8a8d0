// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A clock that goes only when it is told to; whoever sleeps by it is woken by hand or cancelled.
final class HandClock: Clock {
    struct Instant: InstantProtocol {
        var sinceStart: Duration

        func advanced(by duration: Duration) -> Instant { Instant(sinceStart: self.sinceStart + duration) }
        func duration(to other: Instant) -> Duration { other.sinceStart - self.sinceStart }
        static func < (left: Instant, right: Instant) -> Bool { left.sinceStart < right.sinceStart }
    }

    private struct State {
        var now = Duration.zero
        var sleepers: [Int: AsyncStream<Void>.Continuation] = [:]
        var count = 0
    }

    private let state = Mutex(State())
    private let began: AsyncStream<Duration>.Continuation
    /// How long each sleep is to be, as it begins.
    let sleeps: AsyncStream<Duration>

    init() {
        (self.sleeps, self.began) = AsyncStream.makeStream()
    }

    var now: Instant { Instant(sinceStart: self.state.withLock { $0.now }) }
    var minimumResolution: Duration { .zero }
    /// How many sleep.
    var sleepers: Int { self.state.withLock { $0.sleepers.count } }

    /// Lets time pass, and wakes all that sleep.
    func advance(by duration: Duration) {
        let sleepers = self.state.withLock { state in
            state.now += duration
            return state.sleepers.values
        }
        for sleeper in sleepers { sleeper.finish() }
    }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let (alarm, continuation) = AsyncStream<Void>.makeStream()
        let number = self.state.withLock { state in
            state.count += 1
            state.sleepers[state.count] = continuation
            return state.count
        }
        self.began.yield(self.now.duration(to: deadline))
        // Ends with the alarm, and where the task is cancelled.
        for await _ in alarm {}
        self.state.withLock { _ = $0.sleepers.removeValue(forKey: number) }
        try Task.checkCancellation()
    }
}
