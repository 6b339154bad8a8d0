// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import Synchronization

/// The rows of a statement, fetched by about a megabyte.
final class PostgreSQLCursor: DatabaseCursor {
    /// Where the rows are fetched; nil where all are here.
    private let transaction: PostgreSQLTransaction?
    private let isOwner: Bool
    private let name: String
    private let state: Mutex<State>

    private struct State {
        /// What opens it; it goes out with the first fetch.
        var declaration: PostgreSQLCommand?
        var all: PostgreSQLResult?
        /// How many rows are fetched at once.
        var count = 64
        var isOver = false
    }

    /// How much memory a fetch may take, as far as the last one tells.
    private static let target = 1 << 20

    init(
        _ statement: Statement,
        number: Int,
        in transaction: PostgreSQLTransaction,
        isOwner: Bool
    ) throws(DatabaseError) {
        self.name = "tandem_\(number)"
        self.transaction = transaction
        self.isOwner = isOwner
        let declaration = try PostgreSQLCommand(cursor: self.name, for: statement)
        self.state = Mutex(State(declaration: declaration))
    }

    /// Rows that are all here already.
    init(all: PostgreSQLResult) {
        self.name = ""
        self.transaction = nil
        self.isOwner = false
        self.state = Mutex(State(all: all))
    }

    func next(each row: (inout RowReader) throws -> Void) async throws -> Bool {
        let (declaration, all, count, isOver) = self.state.withLock { state in
            defer { (state.declaration, state.all) = (nil, nil) }
            return (state.declaration, state.all, state.count, state.isOver)
        }
        if let all { try all.forEachRow(row) }
        guard let transaction = self.transaction, !isOver else { return (all?.rowCount ?? 0) > 0 }
        let fetch = PostgreSQLCommand("FETCH \(count) FROM \(self.name)")
        let result: PostgreSQLResult
        do {
            result = try await transaction.perform((declaration.map { [$0] } ?? []) + [fetch])
        } catch {
            await self.close()
            throw error
        }
        let rows = result.rowCount
        if rows < count {
            await self.close()
        } else {
            let fitting = Self.target / max(1, result.size / rows)
            self.state.withLock { $0.count = min(max(1, fitting), 4 * count, 10_000) }
        }
        try result.forEachRow(row)
        return rows > 0
    }

    func close() async {
        let (wasOver, isOpen) = self.state.withLock { state in
            defer { (state.isOver, state.all) = (true, nil) }
            return (state.isOver, state.declaration == nil)
        }
        guard !wasOver, let transaction = self.transaction else { return }
        if self.isOwner {
            await transaction.rollback()
        } else if isOpen {
            _ = try? await transaction.perform([PostgreSQLCommand("CLOSE \(self.name)")])
        }
    }
}
#endif
