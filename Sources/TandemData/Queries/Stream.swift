// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The rows of a query, fetched as they are wanted, however many there are.
///
/// ```swift
/// for try await package in db.select(Package.self).order { $0.id }.stream() { … }
/// ```
public struct RowStream<Root: Model, Row: Sendable>: AsyncSequence, Sendable {
    fileprivate let select: Select<Root, Row>

    /// Runs the query.
    public func makeAsyncIterator() -> Iterator { Iterator(select: self.select) }

    /// Fetches rows, some at a time.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let select: Select<Root, Row>
        private var cursor: (any DatabaseCursor)?
        private var fetched: [Row] = []
        private var next = 0
        private var hasEnded = false

        fileprivate init(select: Select<Root, Row>) {
            self.select = select
        }

        /// The next row.
        ///
        /// - Throws: `DatabaseError`.
        public mutating func next() async throws -> Row? {
            while self.next == self.fetched.count {
                guard !self.hasEnded else { return nil }
                try await self.fetch()
            }
            defer { self.next += 1 }
            return self.fetched[self.next]
        }

        private mutating func fetch() async throws {
            let database = try self.select.target()
            let cursor: any DatabaseCursor
            if let opened = self.cursor {
                cursor = opened
            } else {
                cursor = try await database.cursor(self.select.statement.statement(database.dialect))
                self.cursor = cursor
            }
            let collector = self.select.output.collector()
            do {
                let hasRows = try await cursor.next { row in try collector.take(&row) }
                self.fetched = try await collector.rows(in: database)
                self.next = 0
                if !hasRows { self.hasEnded = true }
            } catch {
                self.hasEnded = true
                await cursor.close()
                throw error
            }
            if self.hasEnded { await cursor.close() }
        }
    }
}

extension Select {
    /// The rows, fetched as they are wanted: constant memory, and a connection that is held until the end.
    public func stream() -> RowStream<Root, Row> { RowStream(select: self) }
}
