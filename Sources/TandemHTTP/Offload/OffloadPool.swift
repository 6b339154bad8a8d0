// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import NIOCore
import Synchronization

/// Threads for work that keeps a processor busy, with a line of bounded length before them.
///
/// `offload` uses the one that is shared; make another where some work must not hold up the rest:
///
/// ```swift
/// let rendering = OffloadPool(width: 2, waiting: 100)
/// let page = try await rendering.run { try render(document) }
/// ```
public final class OffloadPool: Sendable {
    /// The pool behind `offload`: as wide as there are processors, with a line of 1,024.
    public static let shared = OffloadPool()

    /// The number of calls that run at once.
    public let width: Int
    /// The number of calls that may wait; beyond it a call throws.
    public let limit: Int

    /// One serial queue a lane: Dispatch gives each a thread while it has work, whatever other queues are busy with.
    private let lanes: [DispatchQueue]
    /// Where cancelled jobs leave the line, since all lanes may be busy for long.
    private let exit = DispatchQueue(label: "tandem.offload.exit")
    private let queue: Mutex<OffloadQueue<OffloadJob>>

    /// A pool of its own.
    ///
    /// - Parameters:
    ///   - width: The number of calls that run at once, at least 1; `nil`, the default, for the number of processors
    ///     that this process may use.
    ///   - limit: The number of calls that may wait for their turn. 1,024.
    public init(width: Int? = nil, waiting limit: Int = 1_024) {
        let width = max(1, width ?? System.coreCount)
        self.width = width
        self.limit = max(0, limit)
        self.lanes = (0..<width).map { DispatchQueue(label: "tandem.offload.\($0)") }
        self.queue = Mutex(OffloadQueue(width: width, limit: self.limit))
    }

    /// Runs work in this pool, in its turn.
    ///
    /// - Throws: What `work` throws; `CancellationError` where the task was cancelled before the work had started;
    ///   ``HTTPError`` with 503 and the code `offload-queue-full` where too many calls wait already.
    public func run<T: Sendable>(_ work: @Sendable () throws -> T) async throws -> T {
        guard let ticket = self.queue.withLock({ $0.draw() }) else { throw HTTPError.offloadQueueFull }
        let turn = OffloadTurn(self, ticket: ticket)
        return try await withTaskCancellationHandler {
            try await withTaskExecutorPreference(turn) { try await Self.perform(work) }
        } onCancel: {
            turn.cancel()
        }
    }

    /// Leaves the caller's actor for the executor that the task prefers, which is the turn.
    @concurrent private static func perform<T: Sendable>(_ work: @Sendable () throws -> T) async throws -> T {
        try Task.checkCancellation()
        return try work()
    }

    func enter(_ job: OffloadJob, ticket: UInt64) {
        switch self.queue.withLock({ $0.enter(job, ticket: ticket) }) {
        case .start(let lane):
            self.lanes[lane].async { self.work(from: job, on: lane) }
        case .turnAway:
            self.exit.async { job.run() }
        case .wait:
            break
        }
    }

    func cancel(_ ticket: UInt64) {
        guard let job = self.queue.withLock({ $0.cancel(ticket) }) else { return }
        self.exit.async { job.run() }
    }

    /// Runs a job and then those that waited, for as long as there are any.
    private func work(from first: OffloadJob, on lane: Int) {
        var job: OffloadJob? = first
        while let current = job {
            current.run()
            job = self.queue.withLock { $0.next(on: lane) }
        }
    }

    /// The number of calls that wait.
    package var waitingCount: Int { self.queue.withLock { $0.waitingCount } }

    /// Whether no call runs or waits.
    package var isIdle: Bool { self.queue.withLock { $0.isIdle } }
}

extension HTTPError {
    /// More work is waiting for a processor than the pool's line holds: 503.
    static var offloadQueueFull: HTTPError {
        HTTPError(
            .serviceUnavailable,
            "The server is busy: too much work waits for a processor. Try again in a moment.",
            code: "offload-queue-full",
            headers: ["retry-after": "1"]
        )
    }
}
