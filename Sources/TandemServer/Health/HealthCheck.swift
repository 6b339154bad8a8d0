// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// One named check, run once at a time: those who ask while it runs get the same answer.
///
/// One that does not answer in time is cancelled and counts as failed, at once for those who ask later, until it does
/// return. So neither a stuck check nor a crowd of probes piles up work.
final class HealthCheck: Sendable {
    enum Outcome: String {
        case passed
        case failed
        case timedOut = "timed-out"
    }

    let name: String
    private let limit: @Sendable () async -> Void
    private let check: Health.Check
    private let state = Mutex(State.idle)

    private typealias Waiter = CheckedContinuation<Outcome, Never>

    private enum State {
        case idle
        case running([Waiter])
        case overdue
    }

    init(_ name: String, limit: @escaping @Sendable () async -> Void, check: @escaping Health.Check) {
        self.name = name
        self.limit = limit
        self.check = check
    }

    func run() async -> Outcome {
        await withCheckedContinuation { waiter in
            let mustStart = self.state.withLock { state in
                switch state {
                case .idle:
                    state = .running([waiter])
                    return true
                case .running(let waiters):
                    state = .running(waiters + [waiter])
                case .overdue:
                    waiter.resume(returning: .timedOut)
                }
                return false
            }
            if mustStart { self.start() }
        }
    }

    private func start() {
        let run = Task {
            do {
                try await self.check()
                self.ended(.passed)
            } catch {
                self.ended(.failed)
            }
        }
        let limit = Task {
            await self.limit()
            if !Task.isCancelled, self.expired() { run.cancel() }
        }
        Task {
            await run.value
            limit.cancel()
        }
    }

    private func ended(_ outcome: Outcome) {
        for waiter in self.takeWaiters(leaving: .idle) { waiter.resume(returning: outcome) }
    }

    /// Whether the check still runs, and is too late now.
    private func expired() -> Bool {
        let waiters = self.takeWaiters(leaving: .overdue)
        for waiter in waiters { waiter.resume(returning: .timedOut) }
        return !waiters.isEmpty
    }

    private func takeWaiters(leaving next: State) -> [Waiter] {
        self.state.withLock { state in
            defer { state = next }
            if case .running(let waiters) = state { return waiters } else { return [] }
        }
    }
}
