// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemData

@Suite("Rows that several own, and keys of several columns")
struct OwnedRowsTests {
    @Test("A limit is one for each owner, of rows that have several too", arguments: TestDatabase.all)
    func limits(_ database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            // "old" is the second of "Alpha" and the first of "alphabet".
            let books = try await library.db.select(Book.self).order { $0.id }
                .with(\.tags) { $0.order { $0.word }.limit(1) }
                .all()
            #expect(books.map { $0.1.map(\.word) } == [["new"], ["new"], [], ["red"], [], ["old"]])
            let second = try await library.db.select(Book.self).order { $0.id }
                .with(\.tags) { $0.order { $0.word }.limit(1).offset(1) }
                .all()
            #expect(second.map { $0.1.map(\.word) } == [["old"], [], [], [], [], []])
        }
    }

    @Test("Thousands of keys of two columns are found", arguments: TestDatabase.all)
    func keys(_ database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let links = try await library.db.select(BookTag.self).all()
            let tag = try #require(links.first?.tagID)
            let missing = (0..<20_000).map { BookTag(bookID: 1_000 + Int64($0), tagID: tag).id }
            let found = try await library.db.find(BookTag.self, in: missing + links.map(\.id))
            #expect(found == links)
        }
    }
}
