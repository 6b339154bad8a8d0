// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import Synchronization

/// A transaction on a connection of its own, given back at its end.
final class PostgreSQLTransaction: DatabaseTransaction {
    private let pool: ConnectionPool
    let connection: PostgreSQLConnection
    /// Whether it changes tables, which may take as long as it likes.
    private let isPatient: Bool
    private let state: Mutex<State>

    private struct State {
        /// What begins it; it goes out with the first statement, which spares a way to the server and back.
        var begin: PostgreSQLCommand?
        var isOver = false
        var cursors = 0
    }

    init(_ options: TransactionOptions, on pool: ConnectionPool) async throws(DatabaseError) {
        let isolation = options.isolation.map { " ISOLATION LEVEL \($0.rawValue)" } ?? ""
        let begin = PostgreSQLCommand("BEGIN\(isolation)\(options.isReadOnly ? " READ ONLY" : "")")
        self.pool = pool
        self.isPatient = options.rebuildsTables
        self.connection = try await pool.take(for: nil, on: pool.loop)
        self.state = Mutex(State(begin: begin))
        if self.isPatient { self.connection.wait(patiently: true) }
    }

    deinit {
        // Nobody is left to end it.
        if !self.state.withLock({ $0.isOver }) { self.giveBack() }
    }

    private func giveBack() {
        if self.isPatient { self.connection.wait(patiently: false) }
        self.pool.release(self.connection)
    }

    func run(_ statement: Statement, each row: (inout RowReader) throws -> Void) async throws -> Int {
        let result = try await self.perform([PostgreSQLCommand(statement)])
        try result.forEachRow(row)
        return result.changed
    }

    func cursor(_ statement: Statement) async throws -> any DatabaseCursor {
        if statement.access == .write {
            return PostgreSQLCursor(all: try await self.perform([PostgreSQLCommand(statement)]))
        }
        let number = self.state.withLock { state in
            state.cursors += 1
            return state.cursors
        }
        return try PostgreSQLCursor(statement, number: number, in: self, isOwner: false)
    }

    func commit() async throws {
        guard try self.end() else { return }
        defer { self.giveBack() }
        let tag = try await self.committing()
        if tag != "COMMIT" {
            throw DatabaseError(.invalidStatement, "An earlier statement of the transaction failed; it was undone.")
        }
    }

    private func committing() async throws(DatabaseError) -> String {
        do throws(DatabaseError) {
            return try await self.ending("COMMIT").tag
        } catch {
            if error.code != .connectionLost { throw error }
            let unknown = "The connection was lost during the commit; whether the changes last is unknown."
            throw DatabaseError(.connectionLost, unknown, cause: error.cause)
        }
    }

    func rollback() async {
        guard let hasBegun = try? self.end(), hasBegun else { return }
        _ = try? await self.ending("ROLLBACK")
        self.giveBack()
    }

    /// Marks the end.
    ///
    /// - Returns: Whether there is anything to end; where there is not, the connection has been given back.
    private func end() throws(DatabaseError) -> Bool {
        let (wasOver, hasBegun) = self.state.withLock { state in
            defer { state.isOver = true }
            return (state.isOver, state.begin == nil)
        }
        if wasOver { throw .transactionOver }
        if !hasBegun { self.giveBack() }
        return hasBegun
    }

    /// Runs what ends it, whether the task is cancelled or not.
    private func ending(_ text: String) async throws(DatabaseError) -> PostgreSQLResult {
        try await self.connection.perform(
            submit: {
                self.connection.submit([PostgreSQLCommand(text)], ticket: $0, on: self.pool.loop, completion: $1)
            },
            onCancel: { _ in }
        )
    }

    /// Runs commands, before the first of all what begins the transaction; an error leaves out those behind it.
    func perform(_ commands: [PostgreSQLCommand]) async throws(DatabaseError) -> PostgreSQLResult {
        let connection = self.connection
        let fingerprint = commands.last?.fingerprint ?? 0
        let start = ContinuousClock.now
        do throws(DatabaseError) {
            let result = try await connection.perform(
                submit: { ticket, completion in self.submit(commands, ticket, completion) },
                onCancel: { ticket in
                    // Nothing but this transaction is hit.
                    try? WorkThread.start { if connection.awaits(ticket) { connection.cancelRunning() } }
                }
            )
            self.pool.learn(fingerprint, .now - start)
            return result
        } catch {
            throw error.inTransaction
        }
    }

    /// Sends commands; the lock keeps the order, so that nothing goes out before the begin.
    private func submit(
        _ commands: [PostgreSQLCommand],
        _ ticket: UInt64,
        _ completion: @escaping PostgreSQLRequest.Completion
    ) {
        let isOver = self.state.withLock { state in
            if state.isOver { return true }
            let begin = state.begin.map { [$0] } ?? []
            state.begin = nil
            self.connection.submit(begin + commands, ticket: ticket, on: self.pool.loop, completion: completion)
            return false
        }
        if isOver { completion(.failure(.transactionOver)) }
    }

    /// Begins now what would begin with the first statement.
    func beginNow() async throws(DatabaseError) {
        if self.state.withLock({ $0.begin != nil }) { _ = try await self.perform([]) }
    }
}

extension DatabaseError {
    fileprivate static var transactionOver: DatabaseError {
        DatabaseError(.closed, "The transaction was used after its end.")
    }

    /// What the same error means within a transaction, which cannot run one of its statements again.
    fileprivate var inTransaction: DatabaseError {
        guard self.postgreSQL?.isStaleStatement == true else { return self }
        return DatabaseError(
            .serializationFailure,
            "A table was changed while the transaction ran; try again.",
            cause: self.cause
        )
    }
}
#endif
