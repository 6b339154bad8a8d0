// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Runs tasks on an event loop, so that a handler which suspends comes back to its connection's thread.
final class LoopExecutor: TaskExecutor {
    private let eventLoop: any EventLoop
    private let woken: NIOLoopBoundBox<Woken>

    /// The tasks that wait for the end of `runningWoken`.
    private struct Woken {
        var jobs: [UnownedJob] = []
        var isGathered = false
    }

    /// How often tasks that wake each other are run before others have their turn.
    private static let rounds = 16

    /// To be called on the loop.
    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        self.woken = NIOLoopBoundBox(Woken(), eventLoop: eventLoop)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if self.eventLoop.inEventLoop, self.woken.value.isGathered {
            self.woken.value.jobs.append(job)
        } else {
            self.eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
    }

    /// Calls `body`, and then runs the tasks that it has woken before it returns, rather than in the loop's next turn:
    /// what they send can leave in one write.
    func runningWoken(_ body: () -> Void) {
        guard !self.woken.value.isGathered else { return body() }
        self.woken.value.isGathered = true
        body()
        var jobs: [UnownedJob] = []
        for _ in 0..<Self.rounds {
            guard !self.woken.value.jobs.isEmpty else { break }
            swap(&jobs, &self.woken.value.jobs)
            for job in jobs { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
            jobs.removeAll(keepingCapacity: true)
        }
        self.woken.value.isGathered = false
        for job in self.woken.value.jobs {
            self.eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
        self.woken.value.jobs = jobs
    }
}
