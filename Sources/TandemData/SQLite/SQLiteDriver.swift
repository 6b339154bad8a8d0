// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// An SQLite database file: one connection that writes, and as many that read as are needed.
///
/// Short reads run on the caller's thread, without any hop. All else runs on threads of the connections' own.
package final class SQLiteDriver: DatabaseDriver {
    package let path: String
    let settings: SQLiteSettings
    let writer: SQLiteWriter
    /// For short reads; each is lent for the time that one takes.
    let readers: LendingPool<SQLiteSession>
    /// For what takes long; a pool apart, so that no number of cursors holds up short reads.
    let held: LendingPool<SQLiteSession>
    /// The folder of a database in memory.
    private let folder: TemporaryFolder?

    package var dialect: Dialect { .sqlite }

    /// Opens a file, which is created where it is not there.
    ///
    /// `:memory:` is a database that only this driver sees and that is gone with it. It is a file in a temporary
    /// folder that is never waited for, so that its transactions and readers are those of any other file: SQLite's own
    /// databases in memory have no snapshots beside a writer.
    ///
    /// - Throws: `DatabaseError`, mostly with the code `storage`.
    package init(path: String, settings: SQLiteSettings = SQLiteSettings()) async throws {
        self.folder = path == ":memory:" ? try TemporaryFolder() : nil
        self.path = self.folder.map { $0.path + "/memory.sqlite" } ?? path
        self.settings = settings
        let session = try await SQLiteSession.open(self.path, .writer, settings)
        if self.folder != nil { try await session.perform { try $0.execute("PRAGMA synchronous = OFF") } }
        self.writer = SQLiteWriter(session, timeout: settings.waitTimeout)
        let path = self.path
        self.readers = LendingPool(limit: settings.readers, timeout: settings.waitTimeout) {
            try await SQLiteSession.open(path, .inlineReader, settings)
        }
        self.held = LendingPool(limit: settings.heldReaders, timeout: settings.waitTimeout) {
            try await SQLiteSession.open(path, .reader, settings)
        }
    }

    package func run(_ statement: Statement, each row: (inout RowReader) throws -> Void) async throws -> Int {
        let kind = SQLiteStatementKind(statement)
        guard kind != .boundary, kind != .savepoint else { throw DatabaseError.boundary }
        if kind == .query, let rows = try await self.read(statement) {
            try rows.forEach(row)
            return 0
        }
        let result = try await self.writer.run(statement, kind)
        try result.rows.forEach(row)
        return result.changes
    }

    /// The rows of a read; nil of a statement that writes.
    private func read(_ statement: Statement) async throws -> RowBatch? {
        try Task.checkCancellation()
        let reader = if let free = self.readers.takeFree() { free } else { try await self.readers.take() }
        let inline: SQLiteInlineRead
        do {
            inline = try reader.readInline(statement, steps: self.settings.inlineSteps)
            self.readers.give(reader)
        } catch {
            self.readers.takeBack(reader, after: error)
            throw error
        }
        switch inline {
        case .rows(let rows): return rows
        case .writes: return nil
        case .tooLong, .taken:
            return try await self.held.lending { try await $0.perform { try $0.run(statement).rows } }
        }
    }

    package func begin(_ options: TransactionOptions) async throws -> any DatabaseTransaction {
        let steps = self.settings.inlineSteps
        if options.isReadOnly {
            let reader = try await self.held.take()
            do {
                try await reader.perform { connection in
                    try connection.execute("BEGIN")
                    // The snapshot is of the moment of the first read, so that is now.
                    try connection.execute("SELECT 1 FROM sqlite_schema")
                }
            } catch {
                self.held.giveBack(reader, after: { $0.rollback() })
                throw error
            }
            return SQLiteTransaction(reader, steps: steps) { [held] in held.give(reader) }
        }
        try await self.writer.lease()
        let rebuildsTables = options.rebuildsTables
        do {
            try await self.writer.session.perform { connection in
                try rebuildsTables ? connection.beginRebuilding() : connection.execute("BEGIN IMMEDIATE")
            }
        } catch {
            self.writer.release()
            throw error
        }
        return SQLiteTransaction(self.writer.session, steps: steps, rebuildsTables: rebuildsTables) { [writer] in
            writer.release()
        }
    }

    package func cursor(_ statement: Statement) async throws -> any DatabaseCursor {
        let kind = SQLiteStatementKind(statement)
        guard kind != .boundary, kind != .savepoint else { throw DatabaseError.boundary }
        if kind == .query, let cursor = try await self.readingCursor(statement) { return cursor }
        return SQLiteWrittenRows(try await self.writer.run(statement, kind).rows)
    }

    /// A cursor on a snapshot; nil of a statement that writes.
    private func readingCursor(_ statement: Statement) async throws -> SQLiteCursor? {
        let reader = try await self.held.take()
        do {
            let id = try await reader.perform { connection -> Int? in
                try connection.statement(statement.text).isReadOnly ? connection.open(statement) : nil
            }
            guard let id else {
                self.held.give(reader)
                return nil
            }
            return SQLiteCursor(reader, id) { [held] in held.give(reader) }
        } catch {
            self.held.takeBack(reader, after: error)
            throw error
        }
    }

    package func close() async {
        await self.writer.stop()
        await self.readers.close()
        await self.held.close()
        // Last, since the last one to close moves the log into the file.
        await self.writer.close()
        self.folder?.remove()
    }
}

extension LendingPool<SQLiteSession> {
    /// Lends a connection for the time of `body`.
    func lending<Result>(_ body: (SQLiteSession) async throws -> Result) async throws -> Result {
        let session = try await self.take()
        do {
            let result = try await body(session)
            self.give(session)
            return result
        } catch {
            self.takeBack(session, after: error)
            throw error
        }
    }

    /// Takes back a connection, unless the error says that it may not work any more.
    func takeBack(_ session: SQLiteSession, after error: any Error) {
        if let error = error as? DatabaseError, error.code == .storage { self.discard() } else { self.give(session) }
    }

    /// Takes back a connection once it is cleaned up.
    func giveBack(_ session: SQLiteSession, after cleaning: @escaping @Sendable (SQLiteConnection) -> Void) {
        session.later(cleaning) { self.give(session) }
    }
}
