// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Notices when nothing was sent for an interval.
final class Heartbeat: Sendable {
    private let interval: Duration
    private let elapsed: @Sendable () -> Duration
    private let sleep: @Sendable (Duration) async throws -> Void
    /// When something was last sent, since the start.
    private let lastSent = Mutex(Duration.zero)

    /// A heartbeat that begins now, by a clock.
    init<C: Clock>(every interval: Duration, clock: C) where C.Duration == Duration {
        let start = clock.now
        // A heartbeat more often than that would be nothing but work.
        self.interval = max(interval, .milliseconds(10))
        self.elapsed = { start.duration(to: clock.now) }
        self.sleep = { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) }
    }

    /// Notes that something was sent.
    func wasSent() {
        let now = self.elapsed()
        self.lastSent.withLock { $0 = now }
    }

    /// Calls `beat` whenever nothing was sent for the interval, until it throws or the task is cancelled.
    func run(_ beat: () async throws -> Void) async throws {
        while true {
            let silence = self.elapsed() - self.lastSent.withLock { $0 }
            if silence >= self.interval {
                try await beat()
                self.wasSent()
            } else {
                try await self.sleep(self.interval - silence)
            }
        }
    }
}
