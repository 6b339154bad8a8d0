// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Rows that are fetched by parts, on the thread of the connection that holds their snapshot.
final class SQLiteCursor: DatabaseCursor {
    private let session: SQLiteSession
    private let id: Int
    private let isAtEnd = Atomic(false)
    /// Gives the connection back; taken once.
    private let giveBack: Mutex<(@Sendable () -> Void)?>

    /// The most rows of one part.
    static let partLimit = 200

    init(_ session: SQLiteSession, _ id: Int, giveBack: @escaping @Sendable () -> Void) {
        self.session = session
        self.id = id
        self.giveBack = Mutex(giveBack)
    }

    deinit {
        guard let giveBack = self.giveBack.withLock({ $0.take() }) else { return }
        self.session.later { [id] connection in
            connection.close(id)
        } then: {
            giveBack()
        }
    }

    func next(each row: (inout RowReader) throws -> Void) async throws -> Bool {
        guard !self.isAtEnd.load(ordering: .relaxed) else { return false }
        guard self.giveBack.withLock({ $0 != nil }) else { throw DatabaseError.closed("cursor") }
        let (rows, isAtEnd) = try await self.session.perform { [id] connection in
            try connection.fetch(id, limit: Self.partLimit)
        }
        if isAtEnd {
            self.isAtEnd.store(true, ordering: .relaxed)
            self.giveBack.withLock({ $0.take() })?()
        }
        try rows.forEach(row)
        return rows.count > 0
    }

    func close() async {
        self.isAtEnd.store(true, ordering: .relaxed)
        guard let giveBack = self.giveBack.withLock({ $0.take() }) else { return }
        // It fails only where the database was closed, and the cursor with it.
        try? await self.session.finish { [id] connection in connection.close(id) }
        giveBack()
    }
}

/// The rows of a statement that has written: they are all there already.
final class SQLiteWrittenRows: DatabaseCursor {
    private let rows: Mutex<RowBatch?>

    init(_ rows: RowBatch) {
        self.rows = Mutex(rows)
    }

    func next(each row: (inout RowReader) throws -> Void) async throws -> Bool {
        guard let rows = self.rows.withLock({ $0.take() }), rows.count > 0 else { return false }
        try rows.forEach(row)
        return true
    }

    func close() async { self.rows.withLock { $0 = nil } }
}
