// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization

/// The one connection that writes, and the line of those who want to.
///
/// Statements that arrive while others are written wait, and are then committed together: the disk is waited for once.
/// A transaction has the connection for itself. All get it in the order in which they came.
final class SQLiteWriter: Sendable {
    let session: SQLiteSession
    private let timeout: Duration
    private let state = Mutex(State())

    private struct State {
        var line = WaitingLine<Waiter>()
        /// Whether a transaction has the connection, or the line's statements are being written.
        var isTaken = false
        var isClosed = false

        /// Takes the statements at the head of the line.
        mutating func nextBatch(limit: Int) -> [PendingWrite] {
            var batch: [PendingWrite] = []
            while batch.count < limit, case .write(let write) = self.line.first {
                _ = self.line.next()
                batch.append(write)
            }
            return batch
        }
    }

    private enum Waiter {
        case write(PendingWrite)
        case lease(CheckedContinuation<Void, any Error>)

        func fail(_ error: any Error) {
            switch self {
            case .write(let write): write.continuation.resume(throwing: error)
            case .lease(let continuation): continuation.resume(throwing: error)
            }
        }
    }

    /// The most statements of one commit.
    private static let batchLimit = 256

    init(_ session: SQLiteSession, timeout: Duration) {
        self.session = session
        self.timeout = timeout
    }

    /// How many wait.
    var waitingCount: Int { self.state.withLock { $0.line.count } }

    /// Whether somebody writes, and all who wanted to have come to their turn.
    var isBusy: Bool { self.state.withLock { $0.isTaken && $0.line.count == 0 } }

    /// Runs one statement and commits it.
    func run(_ statement: Statement, _ kind: SQLiteStatementKind) async throws -> SQLiteResult {
        let interruption = SQLiteInterruption()
        return try await self.wait(interruption) { continuation in
            .write(PendingWrite(statement, isAlone: kind == .alone, interruption, continuation))
        }
    }

    /// Waits for the connection, to use it until `release`.
    func lease() async throws {
        try await self.wait(nil) { .lease($0) }
    }

    /// Gives the connection to the next.
    func release() {
        self.state.withLock { $0.isTaken = false }
        self.advance()
    }

    /// Lets those who wait come to their turn, and then takes the connection for good.
    func stop() async {
        // In a task of its own, which nobody cancels. A transaction that never ends is cut off after the time-out.
        _ = await Task { try await self.lease() }.result
        let waiters = self.state.withLock { state in
            state.isClosed = true
            return state.line.removeAll()
        }
        for waiter in waiters { waiter.fail(DatabaseError.closed("database")) }
    }

    /// Closes the connection.
    func close() async {
        await self.session.close { connection in
            try? connection.execute("PRAGMA analysis_limit = 400")
            try? connection.execute("PRAGMA optimize")
        }
    }

    // MARK: - The line

    private func wait<Result>(
        _ interruption: SQLiteInterruption?,
        as waiter: (CheckedContinuation<Result, any Error>) -> Waiter
    ) async throws -> Result {
        let ticket = self.state.withLock { $0.line.draw() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                self.join(waiter(continuation), ticket)
                // Who was cancelled before it stood in the line has not been found there.
                if Task.isCancelled { self.cancel(ticket, interruption) }
            }
        } onCancel: {
            self.cancel(ticket, interruption)
        }
    }

    private func join(_ waiter: Waiter, _ ticket: Int) {
        let deadline = ContinuousClock.now + self.timeout
        let (isClosed, isFirst) = self.state.withLock { state in
            (state.isClosed, state.isClosed ? false : state.line.join(waiter, ticket: ticket, until: deadline))
        }
        if isClosed { return waiter.fail(DatabaseError.closed("database")) }
        if isFirst { self.sweep(after: self.timeout) }
        self.advance()
    }

    private func cancel(_ ticket: Int, _ interruption: SQLiteInterruption?) {
        interruption?.set()
        self.state.withLock { $0.line.leave(ticket) }?.fail(CancellationError())
    }

    /// Sends away those whose time is over, once it is.
    private func sweep(after pause: Duration) {
        DispatchQueue.global().asyncAfter(deadline: .now() + pause.seconds) { [weak self] in
            guard let self else { return }
            let now = ContinuousClock.now
            let (expired, next) = self.state.withLock { $0.line.expire(at: now) }
            for waiter in expired { waiter.fail(DatabaseError.waitedTooLong) }
            if let next { self.sweep(after: next - now) }
        }
    }

    /// Lets the first in the line have the connection, if it is free.
    private func advance() {
        let first = self.state.withLock { state -> Waiter? in
            guard !state.isTaken, let first = state.line.first else { return nil }
            state.isTaken = true
            // A statement stays in the line until the thread comes to it, and others with it.
            if case .lease = first { return state.line.next() }
            return first
        }
        switch first {
        case .lease(let continuation): continuation.resume()
        case .write: self.session.schedule { self.drain() }
        case nil: break
        }
    }

    /// Writes what is in the line, up to a transaction; on the session's thread.
    private func drain() {
        while true {
            let batch = self.state.withLock { $0.nextBatch(limit: Self.batchLimit) }
            guard !batch.isEmpty else { return self.release() }
            let outcomes: [Result<SQLiteResult, any Error>]
            do {
                outcomes = try self.session.now { connection in GroupCommit.run(batch, on: connection) }
            } catch {
                outcomes = batch.map { _ in .failure(error) }
            }
            for (write, outcome) in zip(batch, outcomes) { write.continuation.resume(with: outcome) }
        }
    }
}
