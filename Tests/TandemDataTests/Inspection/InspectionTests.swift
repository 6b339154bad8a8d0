// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemSchema
import TestServers
import Testing

@testable import TandemData

@Suite("Models are written for tables that are there")
struct InspectionTests {
    @Test("Tables that were made from models are those of the models", arguments: Dialect.installed)
    func ownTables(dialect: Dialect) async throws {
        let models: [any Model.Type] = [Author.self, Book.self, Tag.self, BookTag.self, Box.self, Item.self]
        try await MigrationPlace.opened(dialect) { place in
            try await place.db.createTables(for: models)
            let found = try await place.db.inspectedTables()
            #expect(found.flatMap(\.notes) == [])
            let state = try SchemaState(found.map(\.table))
            #expect(SchemaDifference.isNone(between: state, and: try SchemaState(models.map { $0.table })))
        }
    }

    @Test("Tables of our own become the models that they came from", arguments: Dialect.installed)
    func source(dialect: Dialect) async throws {
        try await MigrationPlace.opened(dialect) { place in
            try await place.db.createTables(for: [Author.self, Book.self, Tag.self, BookTag.self])
            let source = try await place.db.modelSource(of: ["authors", "books", "book_tags"])
            #expect(
                source == """
                    import Tandem

                    @Model("authors") struct Author {
                        @ID var id: Int64
                        @Unique var name: String
                        @Reference(Author.self, onDelete: .setNull) var teacherID: Author.ID?
                    }

                    @Model("book_tags") struct BookTag {
                        @ID @Reference(Book.self, onDelete: .cascade) var bookID: Book.ID
                        @ID @Reference(Tag.self, onDelete: .cascade) var tagID: Tag.ID
                    }

                    @FullText("title", "summary")
                    @Model("books") struct Book {
                        @ID var id: Int64
                        var title: String
                        var summary: String = ""
                        @Reference(Author.self, onDelete: .cascade) var authorID: Author.ID
                        @Reference(Author.self, onDelete: .setNull) var editorID: Author.ID?
                        var pages: Int
                        var genre: String = "novel"
                        var rating: Double?
                        var isLent: Bool = false
                    }

                    """
            )
            await #expect(throws: DatabaseError.self) { try await place.db.modelSource(of: ["nothing"]) }
        }
    }

    @Test("A file that others made is read, with a comment for what models do not have")
    func foreignSQLite() async throws {
        try await MigrationPlace.opened { place in
            try await place.execute("CREATE TABLE people (person_id INTEGER PRIMARY KEY, \"full name\" VARCHAR(40))")
            try await place.execute(
                """
                CREATE TABLE Orders (id INT PRIMARY KEY, person INT REFERENCES people, -- who
                  price DECIMAL(10, 2) DEFAULT 9.5 CHECK (price > 0 AND 'a,)' <> ''), made DATETIME DEFAULT CURRENT_TIMESTAMP,
                  total AS (price * 2), "class" TEXT NOT NULL DEFAULT 'it''s "so"', odd DEFAULT (1 + 1),
                  UNIQUE (person, made), FOREIGN KEY (person, price) REFERENCES other (a, b))
                """
            )
            try await place.execute("CREATE INDEX late ON Orders (made) WHERE price > 5")
            try await place.execute("CREATE VIRTUAL TABLE words USING fts5(word)")
            let source = try await place.db.modelSource()
            #expect(
                source == """
                    import FoundationEssentials
                    import Tandem

                    // The table is not STRICT: a column may hold values of other types.
                    // person, price refer to other together.
                    // The index late is of some rows, or of formulas.
                    @Unique("personID", "made")
                    @Check("price > 0 AND 'a,)' <> ''")
                    @Model("Orders") struct Order {
                        // The database does not count it up; for a model it would.
                        @ID var id: Int64
                        @Column("person") @Reference(Person.self) var personID: Person.ID?
                        // Its type is DECIMAL(10, 2); models have decimals as texts, COLLATE DECIMAL.
                        var price: Decimal? = 9.5
                        // Its type is DATETIME; models have times as 2026-11-24T18:00:00.000000Z.
                        var made: Date? = .now
                        // It has no type: its values are taken for bytes.
                        // It is computed when it is read; models have it stored.
                        @Generated("price * 2") var total: Data?
                        var `class`: String = "it's \\"so\\""
                        // It has no type: its values are taken for bytes.
                        // Its default is 1 + 1.
                        var odd: Data?
                    }

                    // The table is not STRICT: a column may hold values of other types.
                    @Model("people") struct Person {
                        @ID var personID: Int64
                        @Column("full name") var fullName: String?
                    }

                    """
            )
        }
    }

    @Test(
        "Names are made for Swift",
        arguments: [
            ("customer_id", "customerID", "CustomerId"), ("orders", "orders", "Order"), ("boxes", "boxes", "Box"),
            ("categories", "categories", "Category"), ("statuses", "statuses", "Statuse"),
            ("status", "status", "Status"),
            ("address", "address", "Address"), ("2nd-line", "_2ndLine", "_2ndLine"), ("", "unnamed", "Unnamed"),
            ("HTTPHeaders", "httpHeaders", "HttpHeader"), ("people", "people", "Person"), ("ünïts", "ünïts", "Ünït"),
            ("a b;c\"", "aBC", "ABC"),
        ]
    )
    func names(name: String, property: String, type: String) {
        #expect(SwiftName(name).property == property)
        #expect(SwiftName(name).type == type)
    }

    #if os(Linux) && PostgreSQL
    @Test("A schema that others made is read", .enabled(if: PostgreSQLServer.isInstalled))
    func foreignPostgreSQL() async throws {
        try await MigrationPlace.opened(.postgreSQL) { place in
            try await place.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
            try await place.execute("CREATE TABLE people (id serial PRIMARY KEY, name varchar(40) UNIQUE, feels mood)")
            try await place.execute(
                """
                CREATE TABLE orders (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), person integer REFERENCES people \
                ON DELETE SET NULL, price numeric(10, 2) NOT NULL DEFAULT 9.50 CHECK (price > 0), made timestamp \
                DEFAULT now(), size smallint DEFAULT -1, tags text[], total numeric GENERATED ALWAYS AS (price * 2) STORED)
                """
            )
            try await place.execute("CREATE INDEX late ON orders (made) WHERE price > 5")
            let source = try await place.db.modelSource(of: ["orders"])
            #expect(
                source == """
                    import FoundationEssentials
                    import Tandem

                    // There is an index more: CREATE INDEX late ON public.orders USING btree (made) WHERE (price > (5)::numeric).
                    @Check("price > (0)::numeric")
                    @Model("orders") struct Order {
                        // Its default is gen_random_uuid().
                        @ID var id: UUID
                        // Its type is integer.
                        @Column("person") @Reference(Person.self, onDelete: .setNull) var personID: Person.ID?
                        // Its type is numeric(10,2).
                        var price: Decimal = 9.50
                        // Its type is timestamp without time zone.
                        var made: Date? = .now
                        // Its type is smallint.
                        var size: Int? = -1
                        // Its type is text[].
                        var tags: String?
                        @Generated("(price * (2)::numeric)") var total: Decimal?
                    }

                    """
            )
        }
    }
    #endif
}
