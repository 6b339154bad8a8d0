// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import Synchronization
import TandemSockets

/// A thread that waits for the answers to those who are on no event loop, and looks after time-outs.
final class SocketWatcher: Sendable {
    let loop: SocketLoop
    private let state = Mutex(State())

    private struct State {
        /// What looks after time-outs, and says whether it wants to soon again.
        var tickers: [@Sendable (ContinuousClock.Instant) -> Bool] = []
        var isHurried = false
        /// Whether the next tick comes soon anyway.
        var isSoon = false
        var isClosed = false
    }

    private init(_ loop: SocketLoop) {
        self.loop = loop
    }

    /// A watcher whose thread runs until `close()`.
    static func start() throws(DatabaseError) -> SocketWatcher {
        guard let loop = SocketLoop() else {
            throw .lost(PostgreSQLError(message: "The system has no descriptors left to wait for answers with."))
        }
        let watcher = SocketWatcher(loop)
        try WorkThread.start { watcher.watch() }
        return watcher
    }

    /// Calls back a few times a second.
    func onTick(_ body: @escaping @Sendable (ContinuousClock.Instant) -> Bool) {
        self.state.withLock { $0.tickers.append(body) }
    }

    /// Has the next tick come soon.
    func hurry() {
        let isNews = self.state.withLock { state in
            defer { state.isHurried = true }
            return !state.isHurried && !state.isSoon
        }
        if isNews { self.loop.ring() }
    }

    func close() {
        self.state.withLock { state in
            state.isClosed = true
            state.tickers = []
        }
        self.loop.ring()
    }

    private func watch() {
        let (soon, late) = (Duration.milliseconds(20), Duration.milliseconds(500))
        var tick = ContinuousClock.now + late
        while !self.state.withLock({ $0.isClosed }) {
            let isSoon = self.state.withLock { $0.isSoon }
            self.loop.wait(milliseconds: isSoon ? 20 : 500)
            let now = ContinuousClock.now
            // Whoever rings wants a tick before the one that is planned.
            if now < tick, !self.state.withLock({ $0.isHurried }) { continue }
            tick = now + (self.tick(now) ? soon : late)
        }
        // Those that nobody uses are closed with this.
        self.loop.end()
    }

    private func tick(_ now: ContinuousClock.Instant) -> Bool {
        let tickers = self.state.withLock { state in
            state.isHurried = false
            return state.tickers
        }
        let isSoon = tickers.reduce(false) { soon, ticker in ticker(now) || soon }
        self.state.withLock { $0.isSoon = isSoon }
        return isSoon
    }
}
#endif
