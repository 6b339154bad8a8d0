// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One connection that listens on channels, for as many as want to hear.
final class PostgreSQLListener: Sendable {
    private let url: String
    private let watcher: SocketWatcher
    private let state = Mutex(State())

    private struct State {
        var connection: PostgreSQLConnection?
        var isConnecting = false
        var isClosed = false
        var nextID = 0
        var subscribers: [Int: (channel: String, stream: AsyncStream<PostgreSQLEvent>.Continuation)] = [:]
        /// Those who wait for the first connection.
        var waiting: [@Sendable (Result<PostgreSQLConnection, DatabaseError>) -> Void] = []
    }

    init(url: String, watcher: SocketWatcher) {
        self.url = url
        self.watcher = watcher
    }

    deinit { self.state.withLock { $0.connection }?.close() }

    /// What is sent on a channel from the return of this on.
    func events(on channel: String) async throws(DatabaseError) -> AsyncStream<PostgreSQLEvent> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: PostgreSQLEvent.self,
            bufferingPolicy: .bufferingNewest(10_000)
        )
        let id = self.state.withLock { state in
            state.nextID += 1
            state.subscribers[state.nextID] = (channel, continuation)
            return state.nextID
        }
        continuation.onTermination = { [weak self] _ in self?.unsubscribe(id, from: channel) }
        do throws(DatabaseError) {
            let connection = try await self.connection()
            _ = try await connection.perform(
                submit: { connection.submit([.listen(channel)], ticket: $0, completion: $1) },
                onCancel: { connection.drop($0) }
            )
        } catch {
            continuation.finish()
            throw error
        }
        return stream
    }

    func close() {
        let (connection, subscribers, waiting) = self.state.withLock { state in
            defer { (state.isClosed, state.connection, state.subscribers, state.waiting) = (true, nil, [:], []) }
            return (state.connection, state.subscribers, state.waiting)
        }
        connection?.close(.databaseClosed)
        for subscriber in subscribers.values { subscriber.stream.finish() }
        for waiter in waiting { waiter(.failure(.databaseClosed)) }
    }

    private func unsubscribe(_ id: Int, from channel: String) {
        let connection = self.state.withLock { state in
            state.subscribers[id] = nil
            return state.subscribers.values.contains { $0.channel == channel } ? nil : state.connection
        }
        connection?.submit([PostgreSQLCommand("UNLISTEN \(channel.quotedName)")]) { _ in }
    }

    private func connection() async throws(DatabaseError) -> PostgreSQLConnection {
        let result: Result<PostgreSQLConnection, DatabaseError> = await withCheckedContinuation { continuation in
            let now: Result<PostgreSQLConnection, DatabaseError>? = self.state.withLock { state in
                if state.isClosed { return .failure(.databaseClosed) }
                if let connection = state.connection { return .success(connection) }
                state.waiting.append { continuation.resume(returning: $0) }
                return nil
            }
            if let now { continuation.resume(returning: now) } else { self.connect() }
        }
        return try result.get()
    }

    /// Connects on a thread of its own, again and again as long as somebody wants to hear.
    private func connect() {
        let isFirst = self.state.withLock { state in
            defer { state.isConnecting = true }
            return !state.isConnecting && !state.isClosed
        }
        if !isFirst { return }
        let attempts: @Sendable () -> Void = { [weak self] in
            var pause: UInt32 = 50_000
            while let self, !self.tryToConnect() {
                usleep(pause / 2 + .random(in: 0...pause))
                pause = min(2 * pause, 2_000_000)
            }
        }
        do { try WorkThread.start(attempts) } catch { self.state.withLock { $0.isConnecting = false } }
    }

    /// - Returns: Whether there is nothing more to do.
    private func tryToConnect() -> Bool {
        let owner = PostgreSQLConnection.Owner(
            closed: { [weak self] in self?.closed($0) },
            notified: { [weak self] in self?.deliver($0) }
        )
        let result: Result<PostgreSQLConnection, DatabaseError>
        do throws(DatabaseError) {
            result = .success(
                try PostgreSQLConnection.open(self.url, keptStatements: 0, watcher: self.watcher, owner: owner)
            )
        } catch {
            result = .failure(error)
        }
        let connection = try? result.get()
        let (waiting, channels, isDone) = self.state.withLock { state in
            defer { state.waiting = [] }
            state.connection = state.isClosed ? nil : connection
            let channels = Set(state.subscribers.values.map(\.channel))
            let isDone = connection != nil || state.isClosed || channels.isEmpty
            if isDone { state.isConnecting = false }
            return (state.waiting, channels, isDone)
        }
        if let connection { self.resume(channels, on: connection, isAgain: waiting.isEmpty) }
        for waiter in waiting { waiter(result) }
        return isDone
    }

    /// Listens on the channels again, and says when that is so.
    private func resume(_ channels: Set<String>, on connection: PostgreSQLConnection, isAgain: Bool) {
        for channel in channels {
            connection.submit([.listen(channel)]) { [weak self] result in
                guard isAgain, case .success = result else { return }
                for stream in self?.streams(of: channel) ?? [] { stream.yield(.gap) }
            }
        }
    }

    private func closed(_ connection: PostgreSQLConnection) {
        let isWanted = self.state.withLock { state in
            guard state.connection?.id == connection.id else { return false }
            state.connection = nil
            return !state.isClosed && !state.subscribers.isEmpty
        }
        if isWanted { self.connect() }
    }

    private func deliver(_ notification: PostgreSQLNotification) {
        for stream in self.streams(of: notification.channel) { stream.yield(.notification(notification)) }
    }

    private func streams(of channel: String) -> [AsyncStream<PostgreSQLEvent>.Continuation] {
        self.state.withLock { state in state.subscribers.values.filter { $0.channel == channel }.map(\.stream) }
    }
}

extension PostgreSQLCommand {
    fileprivate static func listen(_ channel: String) -> PostgreSQLCommand {
        PostgreSQLCommand("LISTEN \(channel.quotedName)")
    }
}
#endif
