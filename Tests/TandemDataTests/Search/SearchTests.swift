// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema
import Testing

@testable import TandemData

@Model("english_notes") @FullText("text", language: .english) struct EnglishNote {
    @ID var id: Int64
    var text: String
}

@Model("plain_notes") @FullText("text") struct PlainNote {
    @ID var id: Int64
    var text: String
}

@Suite("Texts are searched by what people type")
struct SearchTests {
    @Test(
        "Words, phrases, beginnings and words to leave out, whatever case",
        arguments: [
            ("pdf", ["Alpha", "Delta_x"]), ("PDF edit", ["Alpha"]), ("alph", ["Alpha", "alphabet"]),
            ("pdf -more", ["Alpha"]), ("\"edit a pdf\"", ["Alpha"]), ("\"pdf edit\"", []), ("edit", ["Alpha", "Beta"]),
            ("-pdf", []), ("", []), ("  ", []), ("nothing", []),
        ],
        TestDatabase.all
    )
    func find(search: (text: String, titles: [String]), database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let (text, titles) = search
            let found = try await library.db.select(Book.self).matching(text).order { $0.id }.all()
            #expect(found.map(\.title) == titles)
            #expect(try await library.db.select(Book.self).matching(text).count() == titles.count)
            #expect(try await library.db.select(Book.self).matching(text).all().count == titles.count)
        }
    }

    @Test(
        "No text is an error",
        arguments: [
            "\"", "*", "pdf*", "(", "AND", "pdf OR", "NEAR(", "title:pdf", "^pdf", "-", "--", "'", "\\", "a\0b", "{x}",
            "pdf\" OR 1=1 --", "'; DROP TABLE books; --", "😀", "é", String(repeating: "a ", count: 10_000),
        ],
        TestDatabase.all
    )
    func hostile(text: String, database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            _ = try await library.db.select(Book.self).matching(text).all()
            _ = try await library.db.select(Book.self).matching(text, snippetOf: \.summary).all()
            #expect(try await library.db.select(Book.self).count() == 6)
        }
    }

    @Test("What was found is marked, and the rest is escaped", arguments: TestDatabase.all)
    func snippets(database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let found = try await library.db.select(Book.self).matching("pdf", snippetOf: \.summary).order { $0.id }
                .all()
            #expect(found.map(\.0.title) == ["Alpha", "Delta_x"])
            #expect(found.allSatisfy { $0.1.html.contains("<mark>PDF</mark>") && !$0.1.html.contains("<and>") })
            // PostgreSQL takes what is in angle brackets for a tag, and leaves it out.
            guard database == .sqlite else { return }
            #expect(
                found.map(\.1.html) == ["How to edit a <mark>PDF</mark>", "<mark>PDF</mark> &lt;and&gt; more"]
            )
            #expect(found.map(\.1.text) == ["How to edit a PDF", "PDF <and> more"])
        }
    }

    @Test(
        "Words are found as the language has them, the same on both databases",
        arguments: [
            ("printer", [1, 2], [1, 2]), ("printing", [1, 2], []), ("Printers", [1, 2], [2]), ("running", [3], [3]),
            ("run", [3], [3]), ("\"runs quickly\"", [3], [3]), ("the printer", [1, 2], [1, 2]), ("the", [], [1, 2]),
            ("printers -fire", [2], [2]), ("cafe", [4], [4]), ("café", [4], [4]), ("CAFÉS", [4], []),
            ("naive", [4], [4]), ("Ångström", [4], [4]), ("angstr", [4], [4]), ("ёлка", [5], [5]), ("елка", [], []),
            ("libpng16", [6], [6]), ("16", [], []),
        ],
        TestDatabase.all
    )
    func languages(search: (text: String, english: [Int64], simple: [Int64]), database: TestDatabase) async throws {
        try await database.run { db in
            try await db.createTables(for: [EnglishNote.self, PlainNote.self])
            for text in [
                "The printer is on fire", "Two printers, the other printed nothing", "Running runs quickly",
                "A naïve café by Ångström", "Новая ёлка", "libpng16 has it",
            ] {
                try await db.insert(EnglishNote.Draft(text: text))
                try await db.insert(PlainNote.Draft(text: text))
            }
            let english = db.select(EnglishNote.self).matching(search.text, snippetOf: \.text).order { $0.id }
            let found = try await english.all()
            #expect(found.map(\.0.id) == search.english)
            let plain = try await db.select(PlainNote.self).matching(search.text).order { $0.id }.all()
            #expect(plain.map(\.id) == search.simple)
        }
    }

    @Test("The language is what migrations and models say, and can change", arguments: Dialect.installed)
    func migrations(dialect: Dialect) async throws {
        try await MigrationPlace.opened(dialect) { place in
            var tickets = Tables.tickets
            tickets.searched = ["subject"]
            for language in [SearchLanguage.simple, .english, .french] {
                tickets.searchLanguage = language
                let migrator = place.migrator(Tables.customers, tickets)
                let made = try #require(try migrator.make("\(language)"))
                #expect(made.text.contains("(subject)\(language == .simple ? "\n" : " language \(language)\n")"))
                try await migrator.up()
                #expect(try await migrator.check() == [])
                let inspected = try await place.db.inspectedTables().first { $0.table.name == "tickets" }
                #expect(inspected?.table.searchLanguage == language)
                #expect(try await place.db.modelSource().contains(", language: .\(language)") == (language != .simple))
            }
            try await place.migrator(Tables.customers, tickets).down()
            let inspected = try await place.db.inspectedTables().first { $0.table.name == "tickets" }
            #expect(inspected?.table.searchLanguage == .english)
        }
    }

    @Test("A search follows changes of the rows", arguments: TestDatabase.all)
    func changes(database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let db = library.db
            let search = db.select(Book.self).matching("zebra")
            #expect(try await search.count() == 0)
            try await db.update(Book.self).set(\.summary, to: "Zebras and a zebra").where { $0.title == "Beta" }.run()
            #expect(try await search.all().map(\.title) == ["Beta"])
            try await db.delete(Book.self).where { $0.title == "Beta" }.run()
            #expect(try await search.count() == 0)
        }
    }
}
