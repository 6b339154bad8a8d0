// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL && os(Linux)
import Synchronization
import TandemSockets
import Testing

@testable import TandemData

/// A thread that runs tasks and watches sockets, as the server's event loops do, until it is stopped.
final class TestLoop: TaskExecutor {
    let sockets: SocketLoop
    private let state = Mutex(State())

    private struct State {
        var jobs: [UnownedJob] = []
        var isStopped = false
    }

    init() throws {
        self.sockets = try #require(SocketLoop())
        try WorkThread.start { self.run() }
    }

    /// Whether this is its thread.
    var isCurrent: Bool { SocketLoop.current === self.sockets }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        self.state.withLock { $0.jobs.append(job) }
        self.sockets.ring()
    }

    func stop() {
        self.state.withLock { $0.isStopped = true }
        self.sockets.ring()
    }

    private func run() {
        self.sockets.run {
            while !self.state.withLock({ $0.isStopped && $0.jobs.isEmpty }) {
                self.sockets.wait(milliseconds: -1)
                let jobs = self.state.withLock { state in
                    defer { state.jobs = [] }
                    return state.jobs
                }
                for job in jobs { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
            }
            self.sockets.end()
        }
    }
}
#endif
