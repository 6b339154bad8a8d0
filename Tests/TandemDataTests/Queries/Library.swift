// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemSchema

@testable import TandemData

@Model("authors") struct Author: Equatable {
    @ID var id: Int64
    @Unique var name: String
    @Reference(Author.self, onDelete: .setNull) var teacherID: Author.ID?
}

@Model("books") @FullText("title", "summary") struct Book: Equatable {
    @ID var id: Int64
    var title: String
    var summary: String = ""
    @Reference(Author.self, onDelete: .cascade) var authorID: Author.ID
    @Reference(Author.self, onDelete: .setNull) var editorID: Author.ID?
    var pages: Int
    var genre: Genre = .novel
    var rating: Double?
    var isLent: Bool = false

    @Schema enum Genre: CaseIterable { case novel, poem, manual }
}

@Model("tags") struct Tag: Equatable {
    @ID var id: UUID
    @Unique var word: String
}

@Model("book_tags") struct BookTag: Equatable {
    @ID @Reference(Book.self, onDelete: .cascade) var bookID: Book.ID
    @ID @Reference(Tag.self, onDelete: .cascade) var tagID: Tag.ID
}

extension Author.Columns {
    var books: Children<Author, Book> { Children(self, by: \.authorID) }
    var edited: Children<Author, Book> { Children(self, by: \.editorID) }
    var pupils: Children<Author, Author> { Children(self, by: \.teacherID) }
}

extension Book.Columns {
    var tags: Through<Book, BookTag, Tag> { Through(self, from: \.bookID, to: \.tagID) }
}

/// The tables, and three authors with six books between them.
struct Library {
    let db: Database
    let ada: Author
    let bob: Author
    let cyd: Author

    /// Runs a test on a library of its own.
    static func on(_ database: TestDatabase, _ test: (Library) async throws -> Void) async throws {
        try await database.run { db in try await test(Library(in: db)) }
    }

    init(in db: Database) async throws {
        self.db = db
        try await db.createTables(for: [Author.self, Book.self, Tag.self, BookTag.self])
        self.ada = try await db.insert(Author.Draft(name: "Ada"))
        self.bob = try await db.insert(Author.Draft(name: "Bob", teacherID: self.ada.id))
        self.cyd = try await db.insert(Author.Draft(name: "Cyd", teacherID: self.bob.id))
        let (ada, bob) = (self.ada.id, self.bob.id)
        let books = try await db.insert([
            Book.Draft(
                title: "Alpha",
                summary: "How to edit a PDF",
                authorID: ada,
                editorID: bob,
                pages: 100,
                rating: 4
            ),
            Book.Draft(title: "Beta", summary: "A poem about editors", authorID: ada, pages: 20, genre: .poem),
            Book.Draft(title: "Gamma", authorID: ada, editorID: bob, pages: 300, genre: .manual, rating: 2.5),
            Book.Draft(title: "50% off", authorID: bob, editorID: ada, pages: 50, isLent: true),
            Book.Draft(title: "Delta_x", summary: "PDF <and> more", authorID: bob, pages: 50, genre: .manual),
            Book.Draft(title: "alphabet", authorID: bob, pages: 10, rating: 5),
        ])
        let tags = try await db.insert(["old", "new", "red"].map { Tag.Draft(word: $0) })
        for (book, tag) in [(0, 0), (0, 1), (1, 1), (3, 2), (5, 0)] {
            try await db.insert(BookTag(bookID: books[book].id, tagID: tags[tag].id))
        }
    }
}
