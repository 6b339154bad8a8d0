// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemHTTP
import Testing

@testable import TandemServer

@Suite("Health and its checks", .timeLimit(.minutes(1)))
struct HealthTests {
    struct Broken: Error {}

    private static func outcomes(_ health: Health) async -> [String: String] {
        let report = await health.report()
        return Dictionary(uniqueKeysWithValues: report.checks.map { ($0.name, $0.outcome.rawValue) })
    }

    @Test("A server goes from starting to serving to draining, and not back")
    func phases() {
        let health = Health()
        #expect(health.phase == .starting)
        #expect(health.immediateReport?.isReady == false)
        health.ready()
        #expect(health.phase == .serving)
        #expect(health.immediateReport?.isReady == true)
        health.drain()
        health.ready()
        #expect(health.phase == .draining)
        #expect(health.immediateReport?.isReady == false)
    }

    @Test("A server that drains before it has started does not become ready")
    func drainEarly() {
        let health = Health()
        health.drain()
        health.ready()
        #expect(health.phase == .draining)
    }

    @Test("Checks are not asked before the server serves, nor after")
    func notAsked() async {
        let asked = Count()
        let health = Health(checks: ["a": { asked.add() }])
        #expect(await !health.report().isReady)
        health.ready()
        #expect(await health.report().isReady)
        health.drain()
        #expect(await !health.report().isReady)
        #expect(asked.value == 1)
    }

    @Test("One failed check makes the server unready, and each is named in order")
    func failure() async {
        let health = Health(checks: ["cache": { throw Broken() }, "database": {}, "broker": { throw Broken() }])
        health.ready()
        let report = await health.report()
        #expect(!report.isReady)
        #expect(report.checks.map(\.name) == ["broker", "cache", "database"])
        #expect(report.checks.map(\.outcome) == [.failed, .failed, .passed])
    }

    @Test("A check that failed is asked again with the next question")
    func recovers() async {
        let asked = Count()
        let health = Health(checks: ["a": { if asked.add() == 1 { throw Broken() } }])
        health.ready()
        #expect(await Self.outcomes(health) == ["a": "failed"])
        #expect(await Self.outcomes(health) == ["a": "passed"])
    }

    @Test("A check that does not answer in time has failed, is cancelled, and does not run twice")
    func stuck() async {
        let asked = Count()
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        let health = Health(
            checks: [
                "stuck": {
                    guard asked.add() == 1 else { return }
                    // Deaf to its cancellation.
                    await Task { for await _ in released {} }.value
                }
            ],
            limit: {}
        )
        health.ready()
        for _ in 0..<3 { #expect(await Self.outcomes(health) == ["stuck": "timed-out"]) }
        #expect(asked.value == 1)
        release.finish()
        while asked.value == 1 { _ = await Self.outcomes(health) }
        #expect(asked.value >= 2)
    }

    @Test("A check that is too late is told so")
    func cancelled() async {
        let (ended, end) = AsyncStream.makeStream(of: Bool.self)
        let health = Health(
            checks: [
                "slow": {
                    let (never, _) = AsyncStream.makeStream(of: Void.self)
                    for await _ in never {}
                    end.yield(Task.isCancelled)
                    end.finish()
                }
            ],
            limit: {}
        )
        health.ready()
        #expect(await Self.outcomes(health) == ["slow": "timed-out"])
        #expect(await ended.first { _ in true } == true)
    }

    @Test("Those who ask while a check runs share its answer")
    func shared() async {
        let asked = Count()
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        let check = HealthCheck("a", limit: { await never() }) {
            asked.add()
            for await _ in released {}
        }
        let answers = await withTaskGroup(of: HealthCheck.Outcome.self) { group in
            for _ in 0..<20 { group.addTask { await check.run() } }
            while check.waitingCount < 20 { await Task.yield() }
            release.finish()
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == Array(repeating: .passed, count: 20))
        #expect(asked.value == 1)
    }

    @Test("The time limit of one run does not end the next")
    func limitOfItsOwnRun() async {
        let check = HealthCheck("a", limit: { await never() }) {}
        for _ in 0..<200 { #expect(await check.run() == .passed) }
    }
}

/// Returns when the task is cancelled.
private func never() async {
    let (stream, _) = AsyncStream.makeStream(of: Void.self)
    for await _ in stream {}
}

private final class Count: Sendable {
    private let count = Atomic(0)

    @discardableResult func add() -> Int { self.count.add(1, ordering: .relaxed).newValue }

    var value: Int { self.count.load(ordering: .relaxed) }
}
