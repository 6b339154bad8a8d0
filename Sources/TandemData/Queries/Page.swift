// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

/// Which page of a list: a number from 1 on, and how many rows a page has.
@Schema public struct Page: Hashable {
    /// The number of the page, from 1 on.
    @Range(1...1_000_000) public var page: Int = 1
    /// How many rows a page has.
    @Range(1...100) public var size: Int = 20

    /// A page by its number and size.
    public init(_ page: Int = 1, size: Int = 20) {
        self.page = page
        self.size = size
    }

    /// The first page of twenty rows.
    public static let first = Page()

    /// How many rows come before it.
    var offset: Int { (self.page - 1) * self.size }
}

/// The rows of a page, and how many there are in all.
@Schema public struct Paged<Item: Sendable> {
    /// The rows.
    public var items: [Item]
    /// The number of the page, from 1 on.
    public var page: Int
    /// How many rows a page has.
    public var size: Int
    /// How many rows there are on all pages.
    public var total: Int

    /// A page from its parts.
    public init(items: [Item], page: Int, size: Int, total: Int) {
        self.items = items
        self.page = page
        self.size = size
        self.total = total
    }

    /// How many pages there are.
    public var pages: Int { (self.total + self.size - 1) / max(self.size, 1) }

    /// The same page of other items.
    public func map<Other: Sendable>(_ transform: (Item) throws -> Other) rethrows -> Paged<Other> {
        Paged<Other>(items: try self.items.map(transform), page: self.page, size: self.size, total: self.total)
    }
}

extension Select {
    /// The rows of a page, and how many there are; two queries, of which the second runs only where it has to.
    ///
    /// Of rows without an order it is not said which are on which page: give one, that ends with the key.
    ///
    /// - Throws: `DatabaseError`.
    public func page(_ page: Page) async throws -> Paged<Row> {
        let items = try await self.limit(page.size).offset(page.offset).all()
        let isLast = items.count < page.size && (!items.isEmpty || page.offset == 0)
        let total = isLast ? page.offset + items.count : try await self.count()
        return Paged(items: items, page: page.page, size: page.size, total: total)
    }
}
