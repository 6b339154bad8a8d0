// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization

/// A connection that one at a time uses, and a thread for what takes long on it.
///
/// Whoever has the lock of `connection` uses it, on whichever thread: SQLite demands no more of connections that are
/// opened without its own locks.
final class SQLiteSession: Sendable {
    private let connection: Mutex<SQLiteConnection?>
    /// A serial queue, to which Dispatch gives a thread while there is work.
    private let thread: DispatchQueue

    private init(_ connection: sending SQLiteConnection, _ thread: DispatchQueue) {
        self.connection = Mutex(connection)
        self.thread = thread
    }

    /// Opens a connection, on its own thread.
    static func open(
        _ path: String,
        _ role: SQLiteConnection.Role,
        _ settings: SQLiteSettings
    ) async throws -> SQLiteSession {
        let thread = DispatchQueue(label: "tandem.sqlite.\(role)")
        return try await withCheckedThrowingContinuation { continuation in
            thread.async {
                continuation.resume(
                    with: Result { SQLiteSession(try SQLiteConnection(path, role, settings), thread) }
                )
            }
        }
    }

    /// Closes the connection; whoever uses the session after that gets an error.
    func close(_ last: @escaping @Sendable (SQLiteConnection) -> Void = { _ in }) async {
        await withCheckedContinuation { continuation in
            self.later { connection in
                last(connection)
            } then: {
                self.connection.withLock { $0 = nil }
                continuation.resume()
            }
        }
    }

    // MARK: - On the caller's thread

    /// Reads on the caller's thread, for so many steps.
    ///
    /// That its transaction goes on is checked once the connection is this call's.
    func readInline(_ statement: Statement, steps: Int, life: SQLiteLife? = nil) throws -> SQLiteInlineRead {
        let inline = try self.connection.withLockIfAvailable { held in
            let connection = try held.orClosed()
            try life?.check(connection)
            return try connection.readInline(statement, steps: steps)
        }
        return inline ?? .taken
    }

    // MARK: - On the session's thread

    /// Works on the session's own thread; a statement in it stops when the caller's task is cancelled.
    func perform<Result: Sendable>(
        _ work: @escaping @Sendable (SQLiteConnection) throws -> Result
    ) async throws -> Result {
        let interruption = SQLiteInterruption()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                self.thread.async {
                    continuation.resume(with: .init { try self.now(interruption, work) })
                }
            }
        } onCancel: {
            interruption.set()
        }
    }

    /// Works on this thread, which is the session's own or may wait for it.
    func now<Result: Sendable>(
        _ interruption: SQLiteInterruption? = nil,
        _ work: @Sendable (SQLiteConnection) throws -> Result
    ) throws -> Result {
        try self.connection.withLock { held in
            let connection = try held.orClosed()
            if interruption?.isSet == true { throw CancellationError() }
            return try connection.watching(interruption) { try work(connection) }
        }
    }

    /// Works on the session's own thread whether or not the caller is cancelled.
    func finish<Result: Sendable>(
        _ work: @escaping @Sendable (SQLiteConnection) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            self.thread.async { continuation.resume(with: .init { try self.now(nil, work) }) }
        }
    }

    /// Works on the session's own thread when it comes to it, and nobody waits.
    func later(
        _ work: @escaping @Sendable (SQLiteConnection) -> Void,
        then: @escaping @Sendable () -> Void
    ) {
        self.thread.async {
            // A session that is closed has nothing to be cleaned up.
            try? self.now(nil, work)
            then()
        }
    }

    /// Runs a job on the session's own thread, without the connection.
    func schedule(_ job: @escaping @Sendable () -> Void) { self.thread.async(execute: job) }
}

/// What became of a read on the caller's thread.
enum SQLiteInlineRead {
    case rows(RowBatch)
    /// It is too long for it, or would have to wait; nothing of it has been seen.
    case tooLong
    /// It writes.
    case writes
    /// Another uses the connection.
    case taken
}

extension SQLiteConnection {
    /// Reads as long as it is short.
    fileprivate func readInline(_ statement: Statement, steps: Int) throws -> SQLiteInlineRead {
        do {
            let prepared = try self.statement(statement.text)
            guard prepared.isReadOnly else { return .writes }
            guard prepared.inline.allows() else { return .tooLong }
            do {
                let start = prepared.inline.isTimed() ? SuspendingClock.now : nil
                let result = try self.watching(steps: steps) { try self.run(prepared, statement.values) }
                if let start { prepared.inline.note(SuspendingClock.now - start) }
                return .rows(result.rows)
            } catch SQLiteInterrupted.tooLong {
                prepared.inline.sendAway()
                return .tooLong
            }
        } catch let error as DatabaseError where error.code == .busy {
            // Another process holds a lock for a moment, which is not waited for here.
            return .tooLong
        }
    }
}

/// Whether a transaction goes on; it changes only while the connection is held.
final class SQLiteLife: Sendable {
    private let isOver = Atomic(false)

    func end() { self.isOver.store(true, ordering: .relaxed) }

    func check(_ connection: SQLiteConnection) throws(DatabaseError) {
        guard !self.isOver.load(ordering: .relaxed) else { throw .closed("transaction") }
        // What came next would be outside, and last at once.
        guard !connection.isAutocommit else {
            throw DatabaseError(.closed, "An earlier error has undone the transaction; begin it again.")
        }
    }
}

extension SQLiteConnection? {
    fileprivate func orClosed() throws(DatabaseError) -> SQLiteConnection {
        guard let self else { throw .closed("database") }
        return self
    }
}
