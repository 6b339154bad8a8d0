// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// One call's turn in a pool: the executor that its task prefers for as long as the work lasts.
///
/// The task itself moves to the pool and back, so that task-local values, priority and cancellation are its own
/// there too.
final class OffloadTurn: TaskExecutor {
    private let pool: OffloadPool
    private let ticket: UInt64

    init(_ pool: OffloadPool, ticket: UInt64) {
        self.pool = pool
        self.ticket = ticket
    }

    func enqueue(_ job: consuming ExecutorJob) {
        self.pool.enter(OffloadJob(job: UnownedJob(job), turn: self), ticket: self.ticket)
    }

    func cancel() {
        self.pool.cancel(self.ticket)
    }
}

/// A task's stay in a pool.
struct OffloadJob: Sendable {
    let job: UnownedJob
    let turn: OffloadTurn

    /// Runs the work, on the calling thread.
    func run() {
        self.job.runSynchronously(on: self.turn.asUnownedTaskExecutor())
    }
}
