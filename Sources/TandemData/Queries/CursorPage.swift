// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

/// Some rows of an ordered list, and the places to go on from.
@Schema public struct CursorPage<Item: Sendable> {
    /// The rows.
    public var items: [Item]
    /// What to ask for as `after` to get the rows behind these; missing at the end.
    public var next: PageCursor?
    /// What to ask for as `before` to get the rows ahead of these; missing at the start.
    public var previous: PageCursor?

    /// A page from its parts.
    public init(items: [Item], next: PageCursor? = nil, previous: PageCursor? = nil) {
        self.items = items
        self.next = next
        self.previous = previous
    }

    /// The same page of other items.
    public func map<Other: Sendable>(_ transform: (Item) throws -> Other) rethrows -> CursorPage<Other> {
        CursorPage<Other>(items: try self.items.map(transform), next: self.next, previous: self.previous)
    }
}

extension Select {
    /// Some rows behind a place in the order of the query, or ahead of one: as fast at the end of a long list as at its
    /// start, and without rows that come twice or never when others are inserted meanwhile.
    ///
    /// Rows that the order leaves alike are ordered by their keys.
    /// ```swift
    /// let page = try await db.select(Ticket.self).order { $0.createdAt.descending() }.page(after: cursor, size: 50)
    /// ```
    /// - Parameters:
    ///   - after: The `next` of another page.
    ///   - before: The `previous` of another page.
    ///   - size: How many rows at most.
    /// - Throws: `DatabaseError`; with the code `invalidValue` where the cursor is one of another order.
    public func page(
        after: PageCursor? = nil,
        before: PageCursor? = nil,
        size: Int = 20
    ) async throws -> CursorPage<Row> {
        let isBackward = after == nil && before != nil
        var select = self
        let order = KeysetOrder(of: self.statement, keys: Root.table)
        let terms = isBackward ? order.terms.map(\.reversed) : order.terms
        select.statement.order = terms
        if let cursor = after ?? before {
            select.statement.conditions.append(try KeysetOrder(terms: terms).isBehind(cursor))
        }
        var (rows, places) = try await select.limit(max(size, 1) + 1).places(terms)
        let hasMore = rows.count > max(size, 1)
        if hasMore {
            rows.removeLast()
            places.removeLast()
        }
        if isBackward {
            rows.reverse()
            places.reverse()
        }
        return CursorPage(
            items: rows,
            next: isBackward || hasMore ? places.last : nil,
            previous: isBackward ? (hasMore ? places.first : nil) : after == nil ? nil : places.first
        )
    }

    /// The rows, and where each of them is.
    private func places(_ terms: [OrderTerm]) async throws -> ([Row], [PageCursor]) {
        let database = try self.target()
        let select = self.changed { $0.columns += terms.map(\.expression) }
        let statement = try select.statement.statement(database.dialect)
        let collector = self.output.collector()
        var places: [PageCursor] = []
        try await database.run(statement) { row in
            try collector.take(&row)
            var values: [String?] = []
            for term in terms { values.append(try row.cursorText(term.type)) }
            places.append(PageCursor(values: values))
        }
        return (try await collector.rows(in: database), places)
    }
}
