// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemData

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
