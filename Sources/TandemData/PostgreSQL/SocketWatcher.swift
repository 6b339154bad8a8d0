// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import Synchronization

/// One thread that waits for answers on all connections, and looks after time-outs.
///
/// Whoever sends does so on its own thread; only what comes back goes through here.
final class SocketWatcher: Sendable {
    let patience = Patience()
    private let poller = SocketPoller()
    private let state = Mutex(State())

    private struct State {
        var connections: [UInt64: PostgreSQLConnection] = [:]
        /// What looks after time-outs, and says whether it wants to soon again.
        var tickers: [@Sendable (ContinuousClock.Instant) -> Bool] = []
        var isHurried = false
        /// Whether the next tick comes soon anyway.
        var isSoon = false
        var isClosed = false
    }

    /// A watcher whose thread runs until `close()`.
    static func start() throws(DatabaseError) -> SocketWatcher {
        let watcher = SocketWatcher()
        try WorkThread.start { watcher.watch() }
        return watcher
    }

    func add(_ connection: PostgreSQLConnection) {
        self.state.withLock { $0.connections[connection.id] = connection }
        self.poller.add(connection.socket, tag: connection.id)
    }

    /// Whether to tell too when the socket takes bytes again.
    func change(_ connection: PostgreSQLConnection, writing: Bool) {
        self.poller.change(connection.socket, tag: connection.id, writing: writing)
    }

    /// Does not tell of what comes, until the next change.
    func pause(_ connection: PostgreSQLConnection) {
        self.poller.pause(connection.socket, tag: connection.id)
    }

    /// Forgets a connection; to be called before its socket is closed, since the number is then given to another.
    func remove(_ connection: PostgreSQLConnection) {
        let removed = self.state.withLock { $0.connections.removeValue(forKey: connection.id) }
        if removed != nil { self.poller.remove(connection.socket) }
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
        if isNews { self.poller.ring() }
    }

    func close() {
        self.state.withLock { state in
            state.isClosed = true
            state.tickers = []
        }
        self.poller.ring()
    }

    private func watch() {
        let (soon, late) = (Duration.milliseconds(20), Duration.milliseconds(500))
        var tick = ContinuousClock.now + late
        while !self.state.withLock({ $0.isClosed }) {
            let isSoon = self.state.withLock { $0.isSoon }
            for tag in self.poller.wait(milliseconds: isSoon ? 20 : 500) {
                let connection = self.state.withLock { $0.connections[tag] }
                connection?.socketIsReady()
            }
            let now = ContinuousClock.now
            // Whoever rings wants a tick before the one that is planned.
            if now < tick, !self.state.withLock({ $0.isHurried }) { continue }
            tick = now + (self.tick(now) ? soon : late)
        }
        // Those that nobody uses are closed with this.
        self.state.withLock { $0.connections = [:] }
        self.poller.close()
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
