// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import SeededRandom
import TandemSchema
import Testing

@testable import TandemData

@Suite("Slices have each row once, in order, forward and backward")
struct SliceTests {
    /// Orders with values that are missing, that are alike, in both directions and mixed.
    enum Order: CaseIterable {
        case key, rating, ratingDown, ratingNullsFirst, mixed, title, editor

        func applied(to books: Select<Book, Book>) -> Select<Book, Book> {
            switch self {
            case .key: books
            case .rating: books.order { $0.rating }
            case .ratingDown: books.order { $0.rating.descending() }
            case .ratingNullsFirst: books.order { $0.rating.ascending(nulls: .first) }
            case .mixed:
                books.order {
                    $0.genre.descending(); $0.isLent; $0.rating.descending(nulls: .last)
                }
            case .title:
                books.order {
                    $0.title.descending(); $0.pages.descending()
                }
            case .editor:
                books.order {
                    $0.editor.name; $0.pages % 7
                }
            }
        }
    }

    @Test("Slice after slice is the whole list", arguments: TestDatabase.all, Order.allCases)
    func whole(_ database: TestDatabase, order: Order) async throws {
        try await Library.on(database) { library async throws in
            var random = SeededGenerator(seed: 7)
            try await library.db.insertAll((0..<60).map { _ in Book.Draft.random(in: library, &random) })
            let books = order.applied(to: library.db.select(Book.self))
            let isDescending = books.statement.order.last?.isDescending ?? false
            let expected = try await books.order { isDescending ? $0.id.descending() : $0.id.ascending() }.all()
            for size in [1, 7, 100] {
                let slices = try await Self.slices(of: books, size, past: expected.count)
                #expect(slices.flatMap(\.items) == expected)
                for (slice, earlier) in zip(slices.dropFirst(), slices) {
                    let back = try await books.slice(size, before: #require(slice.previous))
                    #expect(back.items == earlier.items)
                    #expect(back.previous == earlier.previous)
                    #expect(back.next == earlier.next)
                }
            }
        }
    }

    private static func slices(of books: Select<Book, Book>, _ size: Int, past limit: Int) async throws -> [Slice<Book>]
    {
        var slices = [try await books.slice(size)]
        while let next = slices.last?.next, slices.count <= limit {
            slices.append(try await books.slice(size, after: next))
        }
        return slices
    }

    @Test(
        "A place that is none of this list is refused",
        arguments: [[], ["1"], [nil, "1"], ["x", "1"], ["4", "1", "1"], ["4", nil], ["4", "9223372036854775808"]],
        TestDatabase.all
    )
    func foreign(values: [String?], database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let cursor = Data(try JSON.text(values).utf8).base64EncodedString()
            let books = library.db.select(Book.self).order { $0.pages }
            let error = await #expect(throws: DatabaseError.self) { try await books.slice(5, after: cursor) }
            #expect(error?.code == .invalidValue)
            let titles = library.db.select(Book.self).order { $0.title }
            let zero = Data(#"["a\u0000","1"]"#.utf8).base64EncodedString()
            await #expect(throws: DatabaseError.self) { try await titles.slice(5, after: zero) }
        }
    }

    @Test("Rows that come meanwhile push no other out", arguments: TestDatabase.all)
    func insertedMeanwhile(_ database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let books = library.db.select(Book.self).order { $0.title }
            let first = try await books.slice(3)
            _ = try await library.db.insert(Book.Draft(title: "0", authorID: library.ada.id, pages: 1))
            let second = try await books.slice(3, after: first.next)
            let titles = (first.items + second.items).map(\.title)
            #expect(titles == ["50% off", "Alpha", "Beta", "Delta_x", "Gamma", "alphabet"])
            #expect(second.next == nil)
        }
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
