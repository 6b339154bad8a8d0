// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import TandemData

@Suite("Relations are loaded with rows, by one query each")
struct RelationTests {
    private func library() async throws -> (Library, CountingDriver) {
        let driver = CountingDriver(try await SQLiteDriver(path: ":memory:"))
        return (try await Library(in: Database(driver)), driver)
    }

    @Test("To one, to one that may not be there, and to many")
    func load() async throws {
        let (library, driver) = try await self.library()
        let before = driver.count
        let books = try await library.db.select(Book.self).order { $0.id }.with(\.author, \.editor, \.tags).all()
        #expect(driver.count - before == 4)
        #expect(books.map(\.1.name) == ["Ada", "Ada", "Ada", "Bob", "Bob", "Bob"])
        #expect(books.map(\.2?.name) == ["Bob", nil, "Bob", "Ada", nil, nil])
        #expect(books.map { Set($0.3.map(\.word)) } == [["old", "new"], ["new"], [], ["red"], [], ["old"]])
        let authors = try await library.db.select(Author.self).order { $0.id }.with(\.books, \.pupils).all()
        #expect(authors.map { $0.1.count } == [3, 3, 0])
        #expect(authors.map { $0.2.map(\.name) } == [["Bob"], ["Cyd"], []])
    }

    @Test("What is loaded can be refined, limited for each row, and load more")
    func refined() async throws {
        let (library, driver) = try await self.library()
        let before = driver.count
        let authors = try await library.db.select(Author.self).order { $0.id }
            .with(\.books) { $0.where { $0.pages >= 20 }.order { $0.pages.descending() }.limit(2).with(\.tags) }
            .all()
        #expect(driver.count - before == 3)
        #expect(authors.map { $0.1.map(\.0.title) } == [["Gamma", "Alpha"], ["50% off", "Delta_x"], []])
        #expect(authors[0].1[1].1.count == 2)
        let second = try await library.db.select(Author.self).order { $0.id }
            .with(\.books) { $0.order { $0.pages.descending() }.limit(1).offset(1) }
            .all()
        #expect(second.map { $0.1.map(\.title) } == [["Alpha"], ["Delta_x"], []])
    }

    @Test("Of no rows nothing is loaded")
    func nothing() async throws {
        let (library, driver) = try await self.library()
        let before = driver.count
        #expect(try await library.db.select(Book.self).where { $0.pages == 1 }.with(\.author).all().isEmpty)
        #expect(driver.count - before == 1)
    }
}

/// Counts the statements that run outside of transactions.
final class CountingDriver: DatabaseDriver {
    private let driver: any DatabaseDriver
    private let counter = Atomic(0)

    init(_ driver: any DatabaseDriver) {
        self.driver = driver
    }

    var count: Int { self.counter.load(ordering: .relaxed) }
    var dialect: Dialect { self.driver.dialect }

    func run(_ statement: Statement, each row: (inout RowReader) throws -> Void) async throws -> Int {
        self.counter.add(1, ordering: .relaxed)
        return try await self.driver.run(statement, each: row)
    }

    func begin(_ options: TransactionOptions) async throws -> any DatabaseTransaction {
        try await self.driver.begin(options)
    }

    func cursor(_ statement: Statement) async throws -> any DatabaseCursor {
        try await self.driver.cursor(statement)
    }

    func close() async { await self.driver.close() }
}
