// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A transaction, or a savepoint in one, from its begin to its end.
final class TransactionScope: Sendable {
    /// The innermost of this task.
    @TaskLocal static var current: TransactionScope?

    let core: Database.Core
    private let transaction: any DatabaseTransaction
    /// The transaction or savepoint around this one.
    private let outer: TransactionScope?
    /// The savepoint's name; `nil` of the transaction itself.
    private let savepoint: String?
    /// Lets one statement or savepoint in at a time, since savepoints nest and tasks of a group do not.
    private let gate = Gate()
    private let state = Mutex(State())

    private struct State {
        var isOpen = true
        var effects = CommitEffects()
    }

    /// A transaction that has begun.
    init(_ transaction: any DatabaseTransaction, of core: Database.Core) {
        self.core = core
        self.transaction = transaction
        self.outer = nil
        self.savepoint = nil
    }

    private init(savepointIn outer: TransactionScope) {
        self.core = outer.core
        self.transaction = outer.transaction
        self.outer = outer
        self.savepoint = "tandem_\(outer.depth + 1)"
    }

    private var depth: Int { (self.outer?.depth ?? -1) + 1 }

    private var isOpen: Bool { self.state.withLock { $0.isOpen } }

    /// The scope for a call on a copy of a database that belongs to `own`, in a task that is within `current`.
    static func innermost(
        of current: TransactionScope?,
        in core: Database.Core,
        or own: TransactionScope?
    ) -> TransactionScope? {
        var scope = current
        while let candidate = scope {
            // A task that outlives the transaction it was started in is outside of it again.
            if candidate.core === core, candidate.isOpen { return candidate.isWithin(own) ? candidate : own }
            scope = candidate.outer
        }
        return own
    }

    private func isWithin(_ other: TransactionScope?) -> Bool {
        guard let other else { return true }
        return self === other || (self.outer?.isWithin(other) ?? false)
    }

    private func checkOpen() throws(DatabaseError) {
        guard self.isOpen else {
            throw DatabaseError(.closed, "The transaction is over; use the database, or work within its closure.")
        }
    }
}

// MARK: - What is done in it

extension TransactionScope {
    func run(_ statement: Statement, each row: (inout RowReader) throws -> Void) async throws -> Int {
        try await self.gate.run {
            try self.checkOpen()
            return try await self.transaction.run(statement, each: row)
        }
    }

    func cursor(_ statement: Statement) async throws -> any DatabaseCursor {
        try await self.gate.run {
            try self.checkOpen()
            return try await self.transaction.cursor(statement)
        }
    }

    func insert(
        into table: Table,
        columns: [TableColumn],
        count: Int,
        write: @escaping @Sendable (Int, inout RowWriter) -> Void
    ) async throws {
        try await self.gate.run {
            try self.checkOpen()
            try await self.transaction.insert(into: table, columns: columns, count: count, write: write)
        }
    }

    /// Has something done once all of it is committed; nothing of it where this is undone.
    func add(_ change: (inout CommitEffects) -> Void) {
        self.state.withLock { change(&$0.effects) }
    }

    /// Runs a closure in a savepoint of its own: its changes stay only if it does not throw.
    func nested<Result: Sendable>(_ body: (Database) async throws -> Result) async throws -> Result {
        try await self.gate.run {
            try self.checkOpen()
            let scope = TransactionScope(savepointIn: self)
            let name = "\"\(scope.savepoint ?? "")\""
            try await self.execute("SAVEPOINT \(name)")
            do {
                let result = try await scope.enter(body)
                try await self.execute("RELEASE \(name)")
                let effects = scope.close()
                self.add { $0.append(effects) }
                return result
            } catch {
                _ = scope.close()
                // Where this fails too, so does the whole transaction, which the first error then ends.
                try? await self.execute("ROLLBACK TO \(name)")
                try? await self.execute("RELEASE \(name)")
                throw error
            }
        }
    }

    private func execute(_ text: String) async throws {
        _ = try await self.transaction.run(Statement(text, access: .write)) { _ in }
    }

    /// Runs a closure within this scope.
    func enter<Result: Sendable>(_ body: (Database) async throws -> Result) async throws -> Result {
        try await Self.$current.withValue(self) { try await body(Database(self.core, in: self)) }
    }

    /// Ends it: later calls throw.
    ///
    /// - Returns: What is to be done once all is committed.
    func close() -> CommitEffects {
        self.state.withLock { state in
            state.isOpen = false
            return state.effects
        }
    }
}

/// What is to be done once a transaction is committed.
struct CommitEffects: Sendable {
    var changes: [RowChange] = []
    var hooks: [@Sendable () async -> Void] = []

    mutating func append(_ others: CommitEffects) {
        self.changes += others.changes
        self.hooks += others.hooks
    }
}
