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
    private let state = Mutex(State())

    private typealias Waiter = CheckedContinuation<Outcome, Never>

    private struct State {
        var phase = Phase.idle
        /// Tells one run's time limit from the next one's.
        var run = 0
        var waiters: [Waiter] = []
    }

    private enum Phase {
        case idle, running, overdue
    }

    init(_ name: String, limit: @escaping @Sendable () async -> Void, check: @escaping Health.Check) {
        self.name = name
        self.limit = limit
        self.check = check
    }

    /// The number of those who wait for the run.
    var waitingCount: Int { self.state.withLock { $0.waiters.count } }

    func run() async -> Outcome {
        await withCheckedContinuation { waiter in
            let newRun: Int? = self.state.withLock { state in
                if state.phase == .overdue {
                    waiter.resume(returning: .timedOut)
                    return nil
                }
                state.waiters.append(waiter)
                if state.phase == .running { return nil }
                state.phase = .running
                state.run &+= 1
                return state.run
            }
            if let newRun { self.start(newRun) }
        }
    }

    private func start(_ run: Int) {
        let checking = Task { try await self.check() }
        let limiting = Task {
            await self.limit()
            if self.expire(run) { checking.cancel() }
        }
        Task {
            let result = await checking.result
            self.end((try? result.get()) == nil ? .failed : .passed)
            limiting.cancel()
        }
    }

    private func end(_ outcome: Outcome) {
        self.answer(outcome) { $0.phase = .idle }
    }

    /// Whether the run still went on, and is too late now.
    private func expire(_ run: Int) -> Bool {
        let isLate = self.state.withLock { state in
            guard state.run == run, state.phase == .running else { return false }
            state.phase = .overdue
            return true
        }
        if isLate { self.answer(.timedOut) { _ in } }
        return isLate
    }

    private func answer(_ outcome: Outcome, _ change: (inout State) -> Void) {
        let waiters = self.state.withLock { state in
            change(&state)
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(returning: outcome) }
    }
}
