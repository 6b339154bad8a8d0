// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization
import Testing

@testable import TandemHTTP

@Suite("Work on a pool of threads", .timeLimit(.minutes(1)))
struct OffloadPoolTests {
    @TaskLocal static var name = "nobody"

    @Test("The result comes back")
    func result() async throws {
        #expect(try await offload { 6 * 7 } == 42)
    }

    @Test("The error comes back")
    func error() async {
        await #expect(throws: HTTPError.self) { try await offload { throw HTTPError(.notFound) } }
    }

    @Test("Task-local values hold in the work, and so does being called from an actor")
    func taskLocals() async throws {
        let name = try await Self.$name.withValue("ada") {
            try await Counter().offloaded { Self.name }
        }
        #expect(name == "ada")
    }

    @Test("A task that prefers an executor, as a handler does its event loop, is back on it afterwards")
    func comesBack() async throws {
        let loop = Loop()
        let places = try await withTaskExecutorPreference(loop) { try await Self.placesAroundCall() }
        #expect(places == ["loop", "pool", "loop"])
    }

    @concurrent private static func placesAroundCall() async throws -> [String] {
        let before = Loop.isCurrent ? "loop" : "elsewhere"
        let during = try await offload { Loop.isCurrent ? "loop" : "pool" }
        return [before, during, Loop.isCurrent ? "loop" : "elsewhere"]
    }

    @Test("A thousand calls at once all end, never more at once than the pool is wide", arguments: [1, 2, 5])
    func manyCalls(width: Int) async throws {
        let pool = OffloadPool(width: width)
        let crowd = Crowd()
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<1_000 {
                group.addTask {
                    try await pool.run {
                        crowd.enter()
                        defer { crowd.leave() }
                        return number
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 499_500)
        #expect((1...width).contains(crowd.most))
        await pool.becomesIdle()
    }

    @Test("All lanes run at once, each on a thread of its own")
    func lanesAreThreads() async throws {
        let pool = OffloadPool(width: 6)
        let arrived = DispatchSemaphore(value: 0)
        let leave = DispatchSemaphore(value: 0)
        async let all: Void = withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    try await pool.run {
                        arrived.signal()
                        leave.wait()
                    }
                }
            }
            try await group.waitForAll()
        }
        try await pool.run {
            for _ in 0..<5 { arrived.wait() }
            for _ in 0..<5 { leave.signal() }
        }
        try await all
    }

    @Test("What waits starts in the order it came")
    func order() async throws {
        let pool = OffloadPool(width: 1)
        let gate = await Gate(holding: pool)
        let started = Crowd()
        let calls = await (0..<20).mapInOrder { number in
            let call = Task { try await pool.run { started.enter(number) } }
            await pool.holdsWaiting(number + 1)
            return call
        }
        gate.open()
        for call in calls { try await call.value }
        #expect(started.names == Array(0..<20))
    }

    @Test("A full line is refused with 503 and a time to come back")
    func full() async throws {
        let pool = OffloadPool(width: 1, waiting: 1)
        let gate = await Gate(holding: pool)
        let waits = Task { try await pool.run { "waited" } }
        await pool.holdsWaiting(1)
        let error = await #expect(throws: HTTPError.self) { try await pool.run { "refused" } }
        #expect(error?.status == .serviceUnavailable)
        #expect(error?.code == "offload-queue-full")
        #expect(error?.headers["retry-after"] == "1")
        gate.open()
        #expect(try await waits.value == "waited")
    }

    @Test("A cancelled call leaves the line at once and never starts")
    func cancelWaiting() async {
        let pool = OffloadPool(width: 1, waiting: 1)
        let gate = await Gate(holding: pool)
        let started = Crowd()
        let call = Task { try await pool.run { started.enter() } }
        await pool.holdsWaiting(1)
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(pool.waitingCount == 0)
        gate.open()
        await pool.becomesIdle()
        #expect(started.most == 0)
    }

    @Test("A task that is cancelled already starts nothing, even while the lanes are held")
    func cancelledBefore() async {
        let pool = OffloadPool(width: 1, waiting: 1)
        let gate = await Gate(holding: pool)
        let call = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await pool.run { true }
        }
        await #expect(throws: CancellationError.self) { try await call.value }
        gate.open()
        await pool.becomesIdle()
    }

    @Test("Work that runs is told of its cancellation")
    func cancelRunning() async throws {
        let pool = OffloadPool(width: 1)
        let started = DispatchSemaphore(value: 0)
        let call = Task {
            try await pool.run {
                started.signal()
                while !Task.isCancelled {}
                return "stopped"
            }
        }
        try await OffloadPool(width: 1).run { started.wait() }
        call.cancel()
        #expect(try await call.value == "stopped")
    }

    @Test("Calls cancelled in the midst of many leave the pool whole")
    func cancelMany() async {
        let pool = OffloadPool(width: 2, waiting: 2_000)
        let ended = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<1_000 {
                group.addTask {
                    let call = Task { try await pool.run { number } }
                    if number % 3 == 0 { call.cancel() }
                    switch await call.result {
                    case .success(let value): return value == number
                    case .failure(let error): return error is CancellationError && number % 3 == 0
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(ended == 1_000)
        await pool.becomesIdle()
    }
}

/// Who is in, how many were at most, and who came in which order.
private final class Crowd: Sendable {
    private let state = Mutex((present: 0, most: 0, names: [Int]()))

    func enter(_ name: Int = 0) {
        self.state.withLock {
            $0.present += 1
            $0.most = max($0.most, $0.present)
            $0.names.append(name)
        }
    }

    func leave() {
        self.state.withLock { $0.present -= 1 }
    }

    var most: Int { self.state.withLock { $0.most } }
    var names: [Int] { self.state.withLock { $0.names } }
}

/// Keeps the one lane of a pool busy until it is opened.
private struct Gate {
    private let semaphore = DispatchSemaphore(value: 0)

    init(holding pool: OffloadPool) async {
        let semaphore = self.semaphore
        await withCheckedContinuation { continuation in
            Task {
                try await pool.run {
                    continuation.resume()
                    semaphore.wait()
                }
            }
        }
    }

    func open() {
        self.semaphore.signal()
    }
}

/// An executor of one thread, as an event loop is.
private final class Loop: TaskExecutor {
    private static let key = DispatchSpecificKey<Bool>()
    private let queue = DispatchQueue(label: "loop")

    init() {
        self.queue.setSpecific(key: Self.key, value: true)
    }

    static var isCurrent: Bool { DispatchQueue.getSpecific(key: Self.key) ?? false }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        self.queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

private actor Counter {
    func offloaded<T: Sendable>(_ work: @Sendable () throws -> T) async throws -> T { try await offload(work) }
}

extension OffloadPool {
    fileprivate func holdsWaiting(_ count: Int) async {
        while self.waitingCount != count { await Task.yield() }
    }

    fileprivate func becomesIdle() async {
        while !self.isIdle { await Task.yield() }
    }
}

extension Sequence {
    fileprivate func mapInOrder<T>(_ transform: (Element) async -> T) async -> [T] {
        var results: [T] = []
        for element in self { results.append(await transform(element)) }
        return results
    }
}
