// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A transaction on the connection that writes, or a snapshot on one that reads.
final class SQLiteTransaction: DatabaseTransaction {
    private let session: SQLiteSession
    private let steps: Int
    /// Whether foreign keys are checked at the end, and do nothing before.
    private let rebuildsTables: Bool
    private let life = SQLiteLife()
    /// Gives the connection back; taken once.
    private let giveBack: Mutex<(@Sendable () -> Void)?>

    init(
        _ session: SQLiteSession,
        steps: Int,
        rebuildsTables: Bool = false,
        giveBack: @escaping @Sendable () -> Void
    ) {
        self.session = session
        self.steps = steps
        self.rebuildsTables = rebuildsTables
        self.giveBack = Mutex(giveBack)
    }

    deinit {
        // Whoever began it neither committed nor rolled back: its task was cancelled, or lost it.
        guard let giveBack = self.giveBack.withLock({ $0.take() }) else { return }
        self.session.later { [rebuildsTables] connection in
            connection.rollback()
            if rebuildsTables { connection.enforceForeignKeys() }
        } then: {
            giveBack()
        }
    }

    func run(_ statement: Statement, each row: (inout RowReader) throws -> Void) async throws -> Int {
        let kind = SQLiteStatementKind(statement)
        guard kind != .boundary else { throw DatabaseError.boundary }
        if kind == .query, let rows = try self.readInline(statement) {
            try rows.forEach(row)
            return 0
        }
        let result = try await self.perform { try $0.run(statement) }
        try result.rows.forEach(row)
        return result.changes
    }

    private func readInline(_ statement: Statement) throws -> RowBatch? {
        try Task.checkCancellation()
        guard case .rows(let rows) = try self.session.readInline(statement, steps: self.steps, life: self.life)
        else { return nil }
        return rows
    }

    func insert(
        into table: Table,
        columns: [TableColumn],
        count: Int,
        write: @escaping @Sendable (_ row: Int, _ values: inout RowWriter) -> Void
    ) async throws {
        try await self.perform { connection in
            try connection.insert(into: table.name, columns: columns.map(\.name), count: count, write: write)
        }
    }

    func cursor(_ statement: Statement) async throws -> any DatabaseCursor {
        let id = try await self.perform { try $0.open(statement) }
        // It holds on to the transaction, which is not given up while somebody reads from it.
        return SQLiteCursor(self.session, id) { [self] in _ = self }
    }

    func commit() async throws {
        guard let giveBack = self.giveBack.withLock({ $0.take() }) else { throw DatabaseError.closed("transaction") }
        let life = self.life
        defer { giveBack() }
        // A task that was cancelled gets its commit all the same: all is done, and half of it cannot be kept.
        try await self.session.finish { [rebuildsTables] connection in
            defer { if rebuildsTables { connection.enforceForeignKeys() } }
            try life.check(connection)
            life.end()
            do {
                if rebuildsTables { try connection.checkForeignKeys() }
                try connection.end("COMMIT")
            } catch {
                connection.rollback()
                throw error
            }
        }
    }

    func rollback() async {
        guard let giveBack = self.giveBack.withLock({ $0.take() }) else { return }
        let life = self.life
        // It fails only where the database was closed, and the transaction with it.
        try? await self.session.finish { [rebuildsTables] connection in
            life.end()
            connection.rollback()
            if rebuildsTables { connection.enforceForeignKeys() }
        }
        giveBack()
    }

    /// Works on the session's thread as long as the transaction goes on.
    private func perform<Result: Sendable>(
        _ work: @escaping @Sendable (SQLiteConnection) throws -> Result
    ) async throws -> Result {
        let life = self.life
        return try await self.session.perform { connection in
            try life.check(connection)
            return try work(connection)
        }
    }
}

extension DatabaseError {
    static var boundary: DatabaseError {
        DatabaseError(.invalidStatement, "Begin and end transactions with `transaction`, not with a statement.")
    }
}

extension SQLiteStatementKind {
    /// What is known of a statement.
    init(_ statement: Statement) {
        self =
            switch statement.access {
            case .read, .freshRead: .query
            case .write: .change
            case .unknown: Self(statement.text)
            }
    }
}
