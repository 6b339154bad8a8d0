// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import Synchronization
import TandemSockets

/// The connections to one server: single statements share them, transactions have one for themselves.
final class ConnectionPool: Sendable {
    let settings: PostgreSQLSettings
    private let url: String
    /// As it is written in the settings.
    private let address: String
    /// Whether another server knows as much, so that nobody waits for this one to come back.
    private let isReplica: Bool
    private let watcher: SocketWatcher
    private let state: Mutex<PoolState<PostgreSQLConnection>>
    private static let tickets = Atomic<UInt64>(1)

    init(_ settings: PostgreSQLSettings, url: String, isReplica: Bool = false, watcher: SocketWatcher) {
        self.settings = settings
        self.isReplica = isReplica
        self.address = url
        self.url = settings.connectionString(url)
        self.watcher = watcher
        self.state = Mutex(PoolState(connections: settings.connections, depth: settings.pipelineDepth))
        watcher.onTick { [weak self] now in self?.tick(now) ?? false }
    }

    deinit { for slot in self.state.withLock({ $0.slots }) { slot.member.close() } }

    /// Opens a connection to find out whether that works, and lets the others follow.
    func start() async throws(DatabaseError) {
        let result: Result<Void, DatabaseError> = await withCheckedContinuation { continuation in
            self.state.withLock { $0.opening += 1 }
            self.open { continuation.resume(returning: $0) }
        }
        try result.get()
        self.openMore(.now)
    }

    /// Whether no connection can be had at the moment.
    var isDown: Bool { self.state.withLock { $0.isDown(for: .zero, .now) } }

    /// Runs one statement by itself, among others.
    func perform(_ command: PostgreSQLCommand) async throws(DatabaseError) -> PostgreSQLResult {
        let (fingerprint, loop) = (command.fingerprint, self.loop)
        let connection = try await self.take(for: fingerprint, on: loop)
        let start = ContinuousClock.now
        let result = try await connection.perform(
            submit: { connection.submit([command], ticket: $0, on: loop, completion: $1) },
            onCancel: { self.cancelShared($0, on: connection) }
        )
        self.learn(fingerprint, .now - start)
        return result
    }

    /// What is to watch the connection that the caller uses: its own event loop, or else the watcher.
    var loop: SocketLoop { SocketLoop.current ?? self.watcher.loop }

    /// A statement has been answered after so long.
    func learn(_ fingerprint: Int, _ duration: Duration) { self.state.withLock { $0.learn(fingerprint, duration) } }

    /// The caller no longer waits for a statement; the server gives it up where that hits no other.
    private func cancelShared(_ ticket: UInt64, on connection: PostgreSQLConnection) {
        guard connection.drop(ticket), self.state.withLock({ $0.hold(connection.id) }) else { return }
        let cancel: @Sendable () -> Void = {
            if connection.awaits(ticket) { connection.cancelRunning() }
            self.settle { state in state.update(connection.id) { $0.isHeld = false } }
        }
        do { try WorkThread.start(cancel) } catch { self.settle { $0.update(connection.id) { $0.isHeld = false } } }
    }
}

// MARK: - Taking and giving back

extension ConnectionPool {
    /// A connection for one statement, or without one for a transaction, until `release`.
    ///
    /// One that the loop watches already is preferred.
    func take(for fingerprint: Int?, on loop: SocketLoop) async throws(DatabaseError) -> PostgreSQLConnection {
        let loop = ObjectIdentifier(loop)
        let now = ContinuousClock.now
        let (member, isRefused) = self.state.withLock { state in
            if state.isClosed { return (PostgreSQLConnection?.none, true) }
            // Nobody overtakes those who wait.
            if let fingerprint {
                return (state.shared.isEmpty ? state.takeShared(fingerprint, on: loop, now) : nil, false)
            }
            return (state.exclusive.isEmpty ? state.takeExclusive(on: loop, now) : nil, false)
        }
        if isRefused { throw .databaseClosed }
        if let member { return member }
        return try await self.wait(for: fingerprint, on: loop, now)
    }

    private func wait(
        for fingerprint: Int?,
        on loop: ObjectIdentifier,
        _ now: ContinuousClock.Instant
    ) async throws(DatabaseError) -> PostgreSQLConnection {
        let ticket = Self.tickets.wrappingAdd(1, ordering: .relaxed).oldValue
        let result: Result<PostgreSQLConnection, DatabaseError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waiter = PoolState<PostgreSQLConnection>.Waiter(
                    ticket: ticket,
                    fingerprint: fingerprint,
                    loop: loop,
                    deadline: now + self.settings.acquireTimeout,
                    completion: { continuation.resume(returning: $0) }
                )
                let patience = self.isReplica ? .zero : self.settings.acquireTimeout
                if self.state.withLock({ $0.isDown(for: patience, now) }) {
                    waiter.completion(.failure(self.unavailable(isDown: true)))
                    return
                }
                self.settle { $0.enqueue(waiter) }
                self.openMore(now)
                self.watcher.hurry()
                if Task.isCancelled { self.withdraw(ticket) }
            }
        } onCancel: {
            self.withdraw(ticket)
        }
        return try result.get()
    }

    private func withdraw(_ ticket: UInt64) {
        self.state.withLock { $0.withdraw(ticket) }?.completion(.failure(.abandoned))
    }

    /// Gives back a connection that a transaction had; one that is not clean is made so, or closed.
    func release(_ connection: PostgreSQLConnection) {
        if connection.isClean {
            self.settle { $0.release(connection.id, .now) }
            return
        }
        connection.submit([PostgreSQLCommand("ROLLBACK")]) { _ in
            // The request counts as answered before this is called.
            if connection.isClean { self.settle { $0.release(connection.id, .now) } } else { connection.close() }
        }
    }

    /// Changes the state, and gives what became free to those who wait.
    private func settle(_ change: (inout PoolState<PostgreSQLConnection>) -> Void) {
        let now = ContinuousClock.now
        let given = self.state.withLock { state in
            change(&state)
            return state.shared.isEmpty && state.exclusive.isEmpty ? [] : state.dispatch(now)
        }
        for (waiter, member) in given { waiter.completion(.success(member)) }
    }

    private func unavailable(isDown: Bool) -> DatabaseError {
        if isDown, let failure = self.state.withLock({ $0.failure }) { return failure }
        return DatabaseError(
            .poolExhausted,
            "No connection to PostgreSQL came free within \(self.settings.acquireTimeout); all "
                + "\(self.settings.connections.upperBound) are in use. Try again, or allow more connections."
        )
    }
}

// MARK: - Opening, closing, time-outs

extension ConnectionPool {
    /// Opens what is wanted, each connection on a thread of its own, since to look up a name blocks.
    private func openMore(_ now: ContinuousClock.Instant) {
        let count = self.state.withLock { $0.opens(now) }
        for _ in 0..<count { self.open { _ in } }
    }

    private func open(_ completion: @escaping @Sendable (Result<Void, DatabaseError>) -> Void) {
        do throws(DatabaseError) {
            try WorkThread.start { completion(self.connect()) }
        } catch {
            self.failed(error)
            completion(.failure(error))
        }
    }

    private func connect() -> Result<Void, DatabaseError> {
        let owner = PostgreSQLConnection.Owner(
            answered: { [weak self] connection, count in
                self?.settle { $0.answered(connection.id, count, .now) }
            },
            closed: { [weak self] in self?.closed($0) }
        )
        do throws(DatabaseError) {
            let connection = try PostgreSQLConnection.open(
                self.url,
                keptStatements: self.settings.keptStatements,
                watcher: self.watcher,
                owner: owner
            )
            let age = self.settings.lifetime * Double.random(in: 0.9...1.1)
            let isLate = self.state.withLock { state in
                state.opened(connection.id, connection, expires: .now + age, .now)
                return state.isClosed
            }
            if isLate { connection.close() }
            connection.submit([PostgreSQLCommand(self.preparation)]) { if case .failure = $0 { connection.close() } }
            return .success(())
        } catch {
            self.failed(error)
            return .failure(error)
        }
    }

    /// An attempt to connect has failed.
    private func failed(_ error: DatabaseError) {
        let waiters = self.state.withLock { state in
            state.failed(.now, chance: .random(in: 0...1))
            state.failure = error
            return self.isReplica && state.slots.isEmpty ? state.takeWaiters() : []
        }
        for waiter in waiters { waiter.completion(.failure(error)) }
    }

    /// What a connection is told at its begin.
    private var preparation: String {
        let timeout = self.settings.statementTimeout.map {
            "set_config('statement_timeout', '\($0.milliseconds)', false), "
        }
        return "SELECT \(timeout ?? "")set_config('TimeZone', 'UTC', false)"
    }

    private func closed(_ connection: PostgreSQLConnection) {
        let isKept = self.state.withLock { $0.remove(connection.id) && !$0.isClosed }
        if isKept { self.openMore(.now) }
    }

    /// Looks after time-outs; on the watcher's thread.
    private func tick(_ now: ContinuousClock.Instant) -> Bool {
        let (late, old, members, isWaiting) = self.state.withLock { state in
            (
                state.expired(now), state.retire(idleFor: self.settings.idleTimeout, now), state.slots,
                !state.shared.isEmpty || !state.exclusive.isEmpty
            )
        }
        let isDown = self.isDown
        for waiter in late { waiter.completion(.failure(self.unavailable(isDown: isDown))) }
        for connection in old { connection.close() }
        if let limit = self.settings.statementTimeout {
            for slot in members where slot.member.overdue(at: now) > limit + .seconds(1) { self.giveUp(slot, now) }
        }
        self.settle { _ in }
        self.openMore(now)
        return isWaiting
    }

    /// The server has let a statement run past its time-out.
    private func giveUp(_ slot: PoolState<PostgreSQLConnection>.Slot, _ now: ContinuousClock.Instant) {
        let silent = DatabaseError.lost(PostgreSQLError(message: "The server did not answer in time."))
        if !slot.isExclusive {
            slot.member.close(silent)
            return
        }
        // A transaction may have changed its time-out; it is given up only where the server does not answer at all.
        if let probe = slot.probe, now - probe < .seconds(5) { return }
        self.state.withLock { state in _ = state.update(slot.id) { $0.probe = now } }
        let url = self.settings.connectionString(self.address, connectTimeout: .seconds(2))
        try? WorkThread.start {
            if !PostgreSQLConnection.isReachable(url) { slot.member.close(silent) }
        }
    }

    /// Waits for what runs, for as long as a statement may, and closes everything.
    func close() async {
        let waiters = self.state.withLock { state in
            state.isClosed = true
            return state.takeWaiters()
        }
        for waiter in waiters { waiter.completion(.failure(.databaseClosed)) }
        let end = ContinuousClock.now + (self.settings.statementTimeout ?? .seconds(30))
        while !self.state.withLock({ $0.isIdle }), .now < end {
            do { try await Task.sleep(for: .milliseconds(5)) } catch { break }
        }
        for slot in self.state.withLock({ $0.slots }) { slot.member.close(.databaseClosed) }
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 {
        self.components.seconds * 1000 + self.components.attoseconds / 1_000_000_000_000_000
    }
}
#endif
