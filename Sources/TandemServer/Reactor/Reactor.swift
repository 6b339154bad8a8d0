// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
import CTandemEpoll
import Dispatch
import Glibc
import NIOCore
import Synchronization

/// An event loop of our own: one thread that waits for sockets, timers and tasks.
///
/// NIO's channels cost more than what they carry where that is a request of a hundred bytes (ARCHITECTURE.md has the
/// figures), so plain HTTP/1 sockets are served without them. To everything else this is a NIO event loop.
final class Reactor: Sendable {
    private let shared = Mutex(Shared())
    private let wake: CInt
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
        self.wake = tandem_eventfd()
        guard self.wake >= 0 else { throw IOError(errnoCode: errno, reason: "eventfd") }
        try SystemThread.start(name: name) { [self] in
            self.thread.store(Self.currentThread, ordering: .releasing)
            guard let poller = try? Poller(wake: self.wake) else { return }
            onThread(self, poller)
            self.run(poller)
        }
    }

    deinit {
        Glibc.close(self.wake)
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
            poller.wait(milliseconds: timeout)
            self.shared.withLock { shared in
                shared.isAsleep = false
                swap(&tasks, &shared.tasks)
                shared.timers.takeDue(into: &tasks)
            }
            for task in tasks { task() }
            tasks.removeAll(keepingCapacity: tasks.count < 1024)
        }
        for callback in self.shared.withLock({ $0.onStop }) { callback() }
    }

    private func wakeUp() {
        var one: UInt64 = 1
        _ = Glibc.write(self.wake, &one, 8)
    }
}

// MARK: - As an event loop of NIO's

extension Reactor: EventLoop {
    var inEventLoop: Bool { self.thread.load(ordering: .relaxed) == Self.currentThread }

    func execute(_ task: @escaping @Sendable () -> Void) {
        let isAsleep = self.shared.withLock { shared in
            shared.tasks.append(task)
            return shared.isAsleep
        }
        if isAsleep { self.wakeUp() }
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
