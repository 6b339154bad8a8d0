// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
import Dispatch
import Glibc
import NIOCore
import Synchronization
import TandemSockets

/// An event loop of our own: one thread that waits for sockets, timers and tasks.
///
/// NIO's channels cost more than what they carry where that is a request of a hundred bytes (ARCHITECTURE.md has the
/// figures), so plain HTTP/1 sockets are served without them. To everything else this is a NIO event loop.
final class Reactor: Sendable {
    private let shared = Mutex(Shared())
    /// What it watches for others on its thread, such as the database's connections.
    private let sockets: SocketLoop
    private let thread = Atomic<UInt>(0)

    /// What other threads reach.
    private struct Shared {
        var tasks: [@Sendable () -> Void] = []
        var timers = TimerQueue()
        var isAsleep = false
        var isStopped = false
        var onStop: [@Sendable () -> Void] = []
    }

    /// Starts the thread, which calls `onThread` first, with the sockets that it is to watch.
    init(name: String, onThread: @escaping @Sendable (Reactor, Poller) -> Void) throws {
        guard let sockets = SocketLoop() else { throw IOError(errnoCode: errno, reason: "epoll_create") }
        self.sockets = sockets
        try SystemThread.start(name: name) { [self] in
            self.thread.store(Self.currentThread, ordering: .releasing)
            self.sockets.run {
                let poller = Poller(beside: self.sockets)
                onThread(self, poller)
                self.run(poller)
            }
        }
    }

    private static var currentThread: UInt { UInt(pthread_self()) }

    private func run(_ poller: Poller) {
        var tasks: [@Sendable () -> Void] = []
        while true {
            let timeout: CInt? = self.shared.withLock { shared in
                if shared.isStopped, shared.tasks.isEmpty { return nil }
                guard shared.tasks.isEmpty else { return 0 }
                shared.isAsleep = true
                return shared.timers.millisecondsToNext
            }
            guard let timeout else { break }
            let ready = poller.wait(milliseconds: timeout)
            // What others sent here comes before what was sent to them because of it, such as a client's next word.
            self.runTasks(&tasks, withTimers: false)
            poller.call(ready)
            self.runTasks(&tasks, withTimers: true)
        }
        self.sockets.end()
        for callback in self.shared.withLock({ $0.onStop }) { callback() }
    }

    /// Runs what is queued, and what is due, with an array that is kept for it.
    private func runTasks(_ tasks: inout [@Sendable () -> Void], withTimers: Bool) {
        self.shared.withLock { shared in
            shared.isAsleep = false
            swap(&tasks, &shared.tasks)
            if withTimers { shared.timers.takeDue(into: &tasks) }
        }
        for task in tasks { task() }
        tasks.removeAll(keepingCapacity: tasks.count < 1024)
    }

    private func wakeUp() { self.sockets.ring() }
}

// MARK: - As an event loop of NIO's

extension Reactor: EventLoop {
    var inEventLoop: Bool { self.thread.load(ordering: .relaxed) == Self.currentThread }

    func execute(_ task: @escaping @Sendable () -> Void) {
        let isAsleep = self.shared.withLock { shared in
            shared.tasks.append(task)
            // The first wakes it for all who come until it sleeps again.
            defer { shared.isAsleep = false }
            return shared.isAsleep
        }
        // What its sockets have run comes before it sleeps.
        if isAsleep, !self.inEventLoop { self.wakeUp() }
    }

    var now: NIODeadline { .now() }

    func scheduleTask<T>(deadline: NIODeadline, _ task: @escaping @Sendable () throws -> T) -> Scheduled<T> {
        let promise = self.makePromise(of: T.self)
        let timer: TimerQueue.ID = self.shared.withLock { shared in
            shared.timers.add(deadline) {
                do {
                    promise.assumeIsolated().succeed(try task())
                } catch {
                    promise.fail(error)
                }
            }
        }
        if !self.inEventLoop { self.wakeUp() }
        return Scheduled(promise: promise) {
            self.shared.withLock { $0.timers.cancel(timer) }
        }
    }

    func scheduleTask<T>(in delay: TimeAmount, _ task: @escaping @Sendable () throws -> T) -> Scheduled<T> {
        self.scheduleTask(deadline: .now() + delay, task)
    }

    func next() -> any EventLoop { self }

    func makeIterator() -> EventLoopIterator { EventLoopIterator([self]) }

    /// Runs what is queued, then ends the thread.
    func shutdownGracefully(queue: DispatchQueue, _ callback: @escaping @Sendable ((any Error)?) -> Void) {
        self.shared.withLock { shared in
            shared.isStopped = true
            shared.onStop.append { queue.async { callback(nil) } }
        }
        self.wakeUp()
    }
}
#endif
