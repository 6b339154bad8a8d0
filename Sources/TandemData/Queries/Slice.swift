// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

/// Some rows of an ordered list, and where the list goes on.
///
/// They are pages that neither repeat nor miss a row when rows come and go between them, and that are as quick at the
/// end of the list as at its start.
@Schema public struct Slice<Item: Sendable> {
    /// The rows.
    public var items: [Item]
    /// Where the next rows begin; `nil` at the end of the list.
    public var next: String?
    /// Where the rows before these end; `nil` at the start of the list.
    public var previous: String?

    /// A slice from its parts.
    public init(items: [Item], next: String?, previous: String?) {
        self.items = items
        self.next = next
        self.previous = previous
    }

    /// The same slice of other items.
    public func map<Other: Sendable>(_ transform: (Item) throws -> Other) rethrows -> Slice<Other> {
        Slice<Other>(items: try self.items.map(transform), next: self.next, previous: self.previous)
    }
}

extension Select {
    /// The first rows, or those after a place that an earlier slice named as its `next`.
    ///
    /// ```swift
    /// let newest = db.select(Ticket.self).order { $0.createdAt.descending() }
    /// let slice = try await newest.slice(20, after: cursor)
    /// ```
    /// The key is added to the order, in the direction of its last term, so that it is whole. An index on the columns
    /// of the order is used where all of them go in one direction and none can be missing.
    ///
    /// - Parameters:
    ///   - count: How many rows at most.
    ///   - cursor: The place, an opaque text that clients can keep.
    /// - Returns: The rows, and where the list goes on.
    /// - Throws: `DatabaseError`; with `invalidValue` where the place is none of a list in this order.
    public func slice(_ count: Int, after cursor: String? = nil) async throws -> Slice<Row> {
        try await self.slice(count, at: cursor, isBackward: false)
    }

    /// The rows before a place that an earlier slice named as its `previous`, in the order of the list.
    ///
    /// - Parameters:
    ///   - count: How many rows at most.
    ///   - cursor: The place.
    /// - Returns: The rows, and where the list goes on.
    /// - Throws: `DatabaseError`; with `invalidValue` where the place is none of a list in this order.
    public func slice(_ count: Int, before cursor: String) async throws -> Slice<Row> {
        try await self.slice(count, at: cursor, isBackward: true)
    }

    private func slice(_ count: Int, at text: String?, isBackward: Bool) async throws -> Slice<Row> {
        let database = try self.target()
        let key = OrderTerm.byKey(of: Root.self, at: self.statement.table)
        // In the direction of the last term, so that an index has both.
        let isDescending = self.statement.order.last?.isDescending ?? false
        let order = self.statement.order + (isDescending ? key.map(\.reversed) : key)
        var statement = self.statement
        statement.order = isBackward ? order.map(\.reversed) : order
        if let text {
            let cursor = try SliceCursor(text, of: order)
            statement.conditions.append(cursor.condition(beyond: statement.order))
        }
        let count = max(count, 1)
        statement.limit = count + 1
        statement.columns += order.map(\.expression)
        var cursors: [SliceCursor] = []
        let collector = self.output.collector()
        try await database.run(statement.statement(database.dialect)) { row in
            try collector.take(&row)
            cursors.append(try SliceCursor(of: order, from: &row))
        }
        var items = try await collector.rows(in: database)
        let hasMore = items.count > count
        if hasMore {
            items.removeLast()
            cursors.removeLast()
        }
        if isBackward {
            items.reverse()
            cursors.reverse()
        }
        // Whence somebody came, there are rows.
        let hasNext = isBackward ? true : hasMore
        let hasPrevious = isBackward ? hasMore : text != nil
        return Slice(
            items: items,
            next: hasNext ? cursors.last?.text : nil,
            previous: hasPrevious ? cursors.first?.text : nil
        )
    }
}
