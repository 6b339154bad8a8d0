// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The sessions of a server, and the clock of all of them: one task looks after whichever are due.
final class EngineSessions: Sendable {
    private struct State {
        var sessions: [String: EngineSession] = [:]
        var isClosed = false
    }

    private struct Scheduled {
        let session: EngineSession
        let time: Int64
    }

    private struct Deadlines {
        var wheel: DeadlineWheel<Scheduled>
        var isSweeping = false
    }

    /// The intervals of heartbeats, in milliseconds.
    let pingInterval: Int64
    let pingTimeout: Int64
    let upgradeTimeout: Int64
    let sendQueueBytes: Int
    private let granularity: Int64
    private let state = Mutex(State())
    private let deadlines: Mutex<Deadlines>

    init(_ options: SocketIOOptions) {
        self.pingInterval = options.pingInterval.milliseconds
        self.pingTimeout = options.pingTimeout.milliseconds
        self.upgradeTimeout = options.upgradeTimeout.milliseconds
        self.sendQueueBytes = options.sendQueueBytes
        let shortest = min(self.pingInterval, self.pingTimeout, self.upgradeTimeout)
        self.granularity = min(max(shortest / 32, 5), 250)
        let wheel = DeadlineWheel<Scheduled>(granularity: self.granularity, now: Self.now)
        self.deadlines = Mutex(Deadlines(wheel: wheel))
    }

    private static let epoch = ContinuousClock.now

    /// Milliseconds since the first time that this was asked for.
    static var now: Int64 { Self.epoch.duration(to: .now).milliseconds }

    subscript(id: String) -> EngineSession? { self.state.withLock { $0.sessions[id] } }

    var count: Int { self.state.withLock { $0.sessions.count } }

    /// Takes a session in; `false` where the server has closed.
    func insert(_ session: EngineSession) -> Bool {
        self.state.withLock { state in
            if !state.isClosed { state.sessions[session.id] = session }
            return !state.isClosed
        }
    }

    func remove(_ session: EngineSession) {
        _ = self.state.withLock { $0.sessions.removeValue(forKey: session.id) }
    }

    /// Closes all sessions, and takes no more.
    func close(_ reason: DisconnectReason) {
        let sessions = self.state.withLock { state in
            state.isClosed = true
            return Array(state.sessions.values)
        }
        for session in sessions { session.close(reason) }
    }

    /// Has a session looked at again at a time.
    func schedule(_ session: EngineSession, at time: Int64) {
        let starts = self.deadlines.withLock { deadlines in
            deadlines.wheel.insert(Scheduled(session: session, time: time), at: time, now: Self.now)
            defer { deadlines.isSweeping = true }
            return !deadlines.isSweeping
        }
        if starts { Task { await self.sweep() } }
    }

    /// Looks at the sessions that are due, until there are none left to wait for.
    private func sweep() async {
        while true {
            try? await Task.sleep(for: .milliseconds(self.granularity))
            let due: [Scheduled]? = self.deadlines.withLock { deadlines in
                if deadlines.wheel.isEmpty {
                    deadlines.isSweeping = false
                    return nil
                }
                return deadlines.wheel.take(at: Self.now)
            }
            guard let due else { return }
            for due in due { due.session.tick(scheduled: due.time) }
        }
    }
}

extension Duration {
    /// Whole milliseconds, at most those of a century.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = self.components
        return min(seconds, 3_155_760_000) * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
