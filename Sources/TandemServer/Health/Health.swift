// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Whether the server should be sent requests.
///
/// It is made with the checks that an application names, and goes from starting to ready to draining, never back.
/// The server makes those steps; `/health/ready` tells of them:
///
/// ```swift
/// let health = Health(checks: ["database": { try await db.ping() }])
/// ```
public final class Health: Sendable {
    /// Passes by returning, fails by throwing; what it throws is not shown.
    public typealias Check = @Sendable () async throws -> Void

    /// Where a server is in its life.
    public enum Phase: Sendable, Hashable {
        /// Not listening yet.
        case starting
        /// Listening.
        case serving
        /// Finishing what is in flight, taking nothing new.
        case draining
    }

    private let checks: [HealthCheck]
    private let state = Mutex(Phase.starting)

    /// The health of a server with named checks.
    ///
    /// - Parameters:
    ///   - checks: What must hold for requests to be sent here, by name; the names are shown to whoever asks. A check
    ///     runs once at a time, however many ask, and again with the next question.
    ///   - timeLimit: How long a check may take; beyond it it has failed, and is cancelled. 2 seconds.
    public convenience init(checks: [String: Check] = [:], timeLimit: Duration = .seconds(2)) {
        self.init(checks: checks) { try? await Task.sleep(for: timeLimit) }
    }

    /// `limit` returns when a check that began with it has taken too long.
    init(checks: [String: Check], limit: @escaping @Sendable () async -> Void) {
        self.checks = checks.sorted { $0.key < $1.key }.map { HealthCheck($0.key, limit: limit, check: $0.value) }
    }

    /// Where the server is in its life.
    public var phase: Phase { self.state.withLock { $0 } }

    /// The server listens.
    package func ready() {
        self.state.withLock { if $0 == .starting { $0 = .serving } }
    }

    /// The server takes nothing new.
    package func drain() {
        self.state.withLock { $0 = .draining }
    }

    /// The report, where no check has to be waited for.
    var immediateReport: HealthReport? {
        let phase = self.phase
        return phase != .serving || self.checks.isEmpty ? HealthReport(phase: phase, checks: []) : nil
    }

    /// Asks all checks at once.
    func report() async -> HealthReport {
        if let report = self.immediateReport { return report }
        let outcomes = await withTaskGroup(of: (Int, HealthCheck.Outcome).self) { group in
            for (index, check) in self.checks.enumerated() {
                group.addTask { (index, await check.run()) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        let checks = self.checks.enumerated().map { index, check in (check.name, outcomes[index] ?? .failed) }
        // The server may have begun to drain while the checks ran.
        return HealthReport(phase: self.phase, checks: checks)
    }
}
