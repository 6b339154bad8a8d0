// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Testing

@testable import TandemData

@Suite("Rows are found by typed queries")
struct SelectTests {
    private func titles(
        _ db: Database,
        @ConditionBuilder _ conditions: (Book.Columns) -> Conditions
    ) async throws -> [String] {
        try await db.select(Book.self).where(conditions).order { $0.id }.columns { $0.title }.all()
    }

    @Test("Conditions mean what they mean in Swift", arguments: TestDatabase.all)
    func conditions(database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let db = library.db
            #expect(try await self.titles(db) { $0.pages > 50 } == ["Alpha", "Gamma"])
            #expect(try await self.titles(db) { $0.pages >= 50 && $0.genre == .manual } == ["Gamma", "Delta_x"])
            #expect(try await self.titles(db) { $0.rating == nil } == ["Beta", "50% off", "Delta_x"])
            #expect(
                try await self.titles(db) { $0.rating != 4 } == ["Beta", "Gamma", "50% off", "Delta_x", "alphabet"]
            )
            #expect(try await self.titles(db) { $0.rating > 3 } == ["Alpha", "alphabet"])
            #expect(try await self.titles(db) { !($0.rating > 3) } == ["Beta", "Gamma", "50% off", "Delta_x"])
            #expect(try await self.titles(db) { $0.isLent } == ["50% off"])
            #expect(try await self.titles(db) { $0.pages.isIn([10, 20]) } == ["Beta", "alphabet"])
            #expect(try await self.titles(db) { (10...50).contains($0.pages) }.count == 4)
            #expect(try await self.titles(db) { $0.genre.isIn([.poem, .manual]) } == ["Beta", "Gamma", "Delta_x"])
            #expect(try await self.titles(db) { $0.editorID != nil } == ["Alpha", "Gamma", "50% off"])
        }
    }

    @Test("Texts are compared letter by letter, and no letter is a wildcard", arguments: TestDatabase.all)
    func texts(database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let db = library.db
            #expect(try await self.titles(db) { $0.title.contains("%") } == ["50% off"])
            #expect(try await self.titles(db) { $0.title.contains("_") } == ["Delta_x"])
            #expect(try await self.titles(db) { $0.title.hasPrefix("alpha") } == ["alphabet"])
            #expect(try await self.titles(db) { $0.title.lowercased().hasPrefix("alpha") } == ["Alpha", "alphabet"])
            #expect(try await self.titles(db) { $0.title.hasSuffix("a") } == ["Alpha", "Beta", "Gamma"])
            #expect(try await self.titles(db) { $0.title == "' OR 1=1 --" } == [])
        }
    }

    @Test("Conditions may depend on what is known, and lead across references", arguments: TestDatabase.all)
    func builder(database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let db = library.db
            func find(genre: Book.Genre?, words: [String]) async throws -> [String] {
                try await self.titles(db) {
                    if let genre { $0.genre == genre }
                    for word in words { $0.summary.contains(word) }
                }
            }
            #expect(try await find(genre: nil, words: []).count == 6)
            #expect(try await find(genre: .manual, words: ["PDF", "more"]) == ["Delta_x"])
            #expect(try await self.titles(db) { $0.author.name == "Bob" }.count == 3)
            #expect(
                try await self.titles(db) {
                    $0.author.teacher.name == "Ada"; $0.pages < 50
                } == ["alphabet"]
            )
            #expect(try await self.titles(db) { $0.editor.name == "Bob" || $0.editorID == nil }.count == 5)
        }
    }

    @Test("To-many relations are counted, looked into and summed", arguments: TestDatabase.all)
    func toMany(database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let db = library.db
            let names = { (select: Select<Author, Author>) in try await select.order { $0.id }.columns { $0.name }.all()
            }
            let authors = db.select(Author.self)
            #expect(try await names(authors.where { $0.books.count == 3 }) == ["Ada", "Bob"])
            #expect(try await names(authors.where { $0.books.isEmpty }) == ["Cyd"])
            #expect(try await names(authors.where { $0.books.any { $0.genre == .poem } }) == ["Ada"])
            #expect(try await names(authors.where { $0.books.none { $0.pages > 200 } }) == ["Bob", "Cyd"])
            #expect(try await names(authors.where { $0.edited.any { $0.title == "50% off" } }) == ["Ada"])
            #expect(try await names(authors.where { $0.pupils.any { $0.name == "Cyd" } }) == ["Bob"])
            #expect(try await self.titles(db) { $0.tags.any { $0.word == "new" } } == ["Alpha", "Beta"])
            let sums = try await authors.order { $0.id }
                .columns {
                    $0.name
                    $0.books.computed { $0.pages.sum() }
                }
                .all()
            #expect(sums.map(\.1) == [420, 110, nil] || sums.map(\.1) == [420, 110, 0])
            let order = try await authors.order {
                $0.books.count.ascending(); $0.name.descending()
            }.all()
            #expect(order.map(\.name) == ["Cyd", "Bob", "Ada"])
        }
    }

    @Test("Rows, groups and single values", arguments: TestDatabase.all)
    func shapes(database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let db = library.db
            let pairs = try await db.select(Book.self).order {
                $0.pages.descending(); $0.id
            }.limit(2)
                .columns {
                    $0.title; $0.pages
                }.all()
            #expect(pairs.map(\.0) == ["Gamma", "Alpha"])
            #expect(pairs.map(\.1) == [300, 100])
            let groups = try await db.select(Book.self).group { $0.genre }
                .having { _ in count() > 1 }
                .columns {
                    $0.genre; count(); $0.pages.sum(); $0.rating.maximum()
                }
                .order { $0.genre }
                .all()
            #expect(groups.map(\.0) == [.manual, .novel])
            #expect(groups.map(\.1) == [2, 3])
            #expect(groups.map(\.3) == [2.5, 5])
            #expect(
                try await db.select(Book.self).columns { $0.pages }.distinct().order { $0.pages }.all() == [
                    10, 20, 50, 100, 300,
                ]
            )
            #expect(try await db.select(Book.self).first()?.title == "Alpha")
            #expect(try await db.select(Book.self).where { $0.pages == 1 }.first() == nil)
            #expect(try await db.select(Book.self).exists())
            #expect(
                try await db.find(Author.self, in: [library.cyd.id, 99, library.ada.id]).map(\.name) == ["Cyd", "Ada"]
            )
            let missing = await #expect(throws: DatabaseError.self) { try await db.find(Book.self, 99) }
            #expect(missing?.code == .notFound)
            await #expect(throws: DatabaseError.self) { try await db.select(Book.self).one() }
        }
    }

    @Test("Ten thousand keys are one value", arguments: TestDatabase.all)
    func manyKeys(database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let ids = (1...10_000).map(Int64.init)
            #expect(try await library.db.find(Book.self, in: ids).count == 6)
            #expect(try await library.db.select(Book.self).where { $0.id.isIn(ids) }.count() == 6)
        }
    }

    @Test("A page has its rows and the number of all, the last and one past it too", arguments: TestDatabase.all)
    func pages(database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let db = library.db
            let books = db.select(Book.self).order { $0.id }
            let first = try await books.page(Page(1, size: 4))
            #expect(first.items.count == 4 && first.total == 6 && first.pages == 2)
            let last = try await books.page(Page(2, size: 4))
            #expect(last.items.count == 2 && last.total == 6)
            let beyond = try await books.page(Page(3, size: 4))
            #expect(beyond.items.isEmpty && beyond.total == 6)
            let none = try await books.where { $0.pages == 1 }.page(.first)
            #expect(none.items.isEmpty && none.total == 0)
        }
    }

    @Test("A stream has all rows, and can be left early", arguments: TestDatabase.all)
    func stream(database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let drafts = (0..<2_500).map { Book.Draft(title: "b\($0)", authorID: library.cyd.id, pages: $0) }
            try await library.db.insertAll(drafts)
            let books = library.db.select(Book.self).where { $0.author.name == "Cyd" }.order { $0.id }
            var pages: [Int] = []
            for try await book in books.stream() { pages.append(book.pages) }
            #expect(pages == Array(0..<2_500))
            for _ in 0..<100 {
                for try await (book, author) in books.with(\.author).stream() {
                    #expect(author.name == "Cyd")
                    if book.pages == 5 { break }
                }
            }
            #expect(try await books.count() == 2_500)
        }
    }

    @Test("SQL by hand binds its values", arguments: TestDatabase.all)
    func byHand(database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let db = library.db
            let name = "Ada'; DROP TABLE books; --"
            #expect(try await db.rows("SELECT name FROM authors WHERE name = \(name)", as: String.self).isEmpty)
            let rows = try await db.rows(
                "SELECT title, pages FROM books WHERE pages > \(50) ORDER BY id",
                as: String.self,
                Int.self
            )
            #expect(rows.map(\.1) == [100, 300])
            let books = try await db.rows("SELECT * FROM \(Book.self) WHERE id IN (\(list: [1, 2]))", as: Book.self)
            #expect(books.map(\.title) == ["Alpha", "Beta"])
            #expect(try await db.execute("UPDATE books SET pages = \(7) WHERE id = \(1)") == 1)
            let dynamic = try await db.rows("SELECT pages, rating FROM books WHERE id = \(1)")
            #expect(dynamic == [["pages": .integer(7), "rating": .double(4)]])
        }
    }

    @Test("Common tables and trees", arguments: TestDatabase.all)
    func named(database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let db = library.db
            let long = db.select(Book.self).order { $0.pages.descending() }.limit(3).named("long")
            #expect(
                try await db.select(from: long).where { $0.genre == .novel }.all().map(\.title) == ["Alpha", "50% off"]
            )
            let pupils = db.select(Author.self).where { $0.id == library.ada.id }
                .recursive("pupils") { next, found in next.teacherID == found.id.optional }
            #expect(try await db.select(from: pupils).order { $0.id }.all().map(\.name) == ["Ada", "Bob", "Cyd"])
            let poems = db.select(Book.self).where { $0.genre == .poem }
            let short = db.select(Book.self).where { $0.pages < 50 }
            #expect(try await poems.union(short).count() == 2)
            let authors = db.select(Author.self).where { $0.id.isIn(short.columns { $0.authorID }) }
            #expect(try await authors.count() == 2)
        }
    }

    @Test(
        "Slices go through a list forward and backward, whatever is missing and alike in it",
        arguments: TestDatabase.all
    )
    func slices(database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let db = library.db
            let drafts = (0..<50).map { number in
                let rating = number % 3 == 0 ? nil : Double(number % 4)
                return Book.Draft(title: "t\(number % 7)", authorID: library.cyd.id, pages: number, rating: rating)
            }
            try await db.insertAll(drafts)
            for list in [
                db.select(Book.self).order {
                    $0.rating; $0.title.descending(); $0.pages
                },
                db.select(Book.self).order {
                    $0.rating.descending(); $0.pages
                },
                db.select(Book.self).order {
                    $0.rating.ascending(nulls: .first); $0.author.name
                },
                db.select(Book.self),
            ] {
                let all = try await list.order { $0.id }.all().map(\.id)
                var forward: [Int64] = []
                var slices: [Slice<Book>] = []
                var cursor: String?
                repeat {
                    let slice = try await list.slice(7, after: cursor)
                    slices.append(slice)
                    forward += slice.items.map(\.id)
                    cursor = slice.next
                } while cursor != nil && slices.count < 20
                #expect(forward == all)
                let before = try await list.slice(7, before: #require(slices[3].previous))
                #expect(before.items == slices[2].items)
                #expect(before.next == slices[2].next)
                let start = try await list.slice(7, before: #require(slices[1].previous))
                #expect(start.previous == nil && start.items == slices[0].items)
            }
            for text in ["", "x", "W10", "bm9wZQ", "W251bGwsbnVsbF0"] {
                let error = await #expect(throws: DatabaseError.self) {
                    try await db.select(Book.self).order {
                        $0.rating; $0.title
                    }.slice(5, after: text)
                }
                #expect(error?.code == .invalidValue)
            }
        }
    }

    @Test("Rows that another has locked are left out, waited for or refused, as is said", arguments: TestDatabase.all)
    func locks(database: TestDatabase) async throws {
        // A transaction that writes is alone on SQLite, where a lock is nothing.
        guard database == .postgreSQL else { return }
        try await Library.on(database) { library async throws in
            let db = library.db
            let books = Select(Book.self).order { $0.id }.limit(2)
            try await db.transaction { first in
                let taken = try await books.on(first).locked(.forUpdate, .skipLocked).all().map(\.title)
                #expect(taken == ["Alpha", "Beta"])
                // Another transaction, of a task that is outside of this one.
                let others = Task.detached {
                    try await db.transaction { second in
                        try await books.on(second).locked(.forUpdate, .skipLocked).all().map(\.title)
                    }
                }
                #expect(try await others.value == ["Gamma", "50% off"])
                let refused = Task.detached {
                    try await db.transaction(TransactionOptions(retries: 0)) { second in
                        _ = try await books.on(second).locked(.forUpdate, .noWait).all()
                    }
                }
                let error = await #expect(throws: DatabaseError.self) { try await refused.value }
                #expect(error?.code == .busy)
            }
        }
    }
}
