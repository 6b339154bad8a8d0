// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import SeededRandom
import TandemSchema
import Testing

@testable import TandemData

@Suite("Pages by cursor have each row once, in order, forwards and backwards")
struct CursorPageTests {
    /// Orders with values that are missing, that are alike, in both directions and mixed.
    enum Order: CaseIterable {
        case key, rating, ratingDown, ratingNullsFirst, mixed, title, editor

        func applied(to books: Select<Book, Book>) -> Select<Book, Book> {
            switch self {
            case .key: books
            case .rating: books.order { $0.rating }
            case .ratingDown: books.order { $0.rating.descending() }
            case .ratingNullsFirst: books.order { $0.rating.ascending(nulls: .first) }
            case .mixed: books.order { $0.genre.descending(); $0.isLent; $0.rating.descending(nulls: .last) }
            case .title: books.order { $0.title.descending(); $0.pages.descending() }
            case .editor: books.order { $0.editor.name; $0.pages % 7 }
            }
        }
    }

    @Test("Page after page is the whole list", arguments: TestDatabase.installed, Order.allCases)
    func whole(_ database: TestDatabase, order: Order) async throws {
        try await database.run { db in
            let library = try await Library(in: db)
            var random = SeededGenerator(seed: 7)
            let drafts = (0..<60).map { _ in Book.Draft.random(in: library, &random) }
            try await db.insertAll(drafts)
            let books = order.applied(to: db.select(Book.self))
            let all = try await order.applied(to: db.select(Book.self)).order { $0.id }.all().map(\.id)
            let isKeyDown = books.statement.order.last?.isDescending ?? false
            let expected = isKeyDown ? try await books.order { $0.id.descending() }.all().map(\.id) : all
            for size in [1, 7, 100] {
                var found: [Int64] = []
                var pages: [CursorPage<Book>] = []
                var cursor: PageCursor?
                repeat {
                    let page = try await books.page(after: cursor, size: size)
                    found += page.items.map(\.id)
                    pages.append(page)
                    cursor = page.next.flatMap { PageCursor(text: $0.text) }
                } while cursor != nil && found.count <= expected.count
                #expect(found == expected)
                for (page, earlier) in zip(pages.dropFirst(), pages) {
                    let back = try await books.page(before: page.previous, size: size)
                    #expect(back.items == earlier.items)
                    #expect((back.previous == nil) == (earlier.previous == nil))
                    #expect(back.next == earlier.next)
                }
            }
        }
    }

    @Test(
        "A cursor that is none, or is of another list, is refused",
        arguments: [[], ["1"], [nil, "1"], ["x", "1"], ["4", "1", "1"], ["4", nil], ["4", "9223372036854775808"]]
    )
    func foreign(values: [String?]) async throws {
        let db = try await Library(in: Database(url: "sqlite::memory:")).db
        let cursor = try #require(PageCursor(text: PageCursor(values: values).text))
        let page = db.select(Book.self).order { $0.pages }
        let error = await #expect(throws: DatabaseError.self) { try await page.page(after: cursor) }
        #expect(error?.code == .invalidValue)
    }

    @Test("A text that is no cursor is none", arguments: ["", "%", "bm8", "e30", "WzFd", String(repeating: "W", count: 9_000)])
    func texts(text: String) {
        #expect(PageCursor(text: text) == nil)
    }

    @Test("Rows that are inserted meanwhile come neither twice nor push others out")
    func insertedMeanwhile() async throws {
        let library = try await Library(in: Database(url: "sqlite::memory:"))
        let books = library.db.select(Book.self).order { $0.title }
        let first = try await books.page(size: 3)
        _ = try await library.db.insert(Book.Draft(title: "0", authorID: library.ada.id, pages: 1))
        let second = try await books.page(after: first.next, size: 3)
        #expect((first.items + second.items).map(\.title) == ["50% off", "Alpha", "Beta", "Delta_x", "Gamma", "alphabet"])
        #expect(second.next == nil)
    }
}

extension Book.Draft {
    static func random(in library: Library, _ random: inout SeededGenerator) -> Book.Draft {
        let people = [library.ada.id, library.bob.id, library.cyd.id]
        return Book.Draft(
            title: ["", "a", "A", "ab", "b%", "_", "é", "ß'\"", "z*["].randomElement(using: &random) ?? "",
            authorID: people.randomElement(using: &random) ?? library.ada.id,
            editorID: Bool.random(using: &random) ? people.randomElement(using: &random) : nil,
            pages: Int.random(in: -3...8, using: &random),
            genre: Book.Genre.allCases.randomElement(using: &random) ?? .novel,
            rating: Bool.random(using: &random) ? Double(Int.random(in: 0...4, using: &random)) / 2 : nil,
            isLent: Bool.random(using: &random)
        )
    }
}
