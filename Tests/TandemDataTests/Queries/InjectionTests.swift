// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema
import Testing

@testable import TandemData

@Suite("No text ends up in a statement's text")
struct InjectionTests {
    /// Texts that mean something to SQL, to patterns, to arrays, to JSON or to searches.
    static let texts = [
        "", " ", "'", "''", "\"", "\"\"", "\\", "\\'", "\\\\", "%", "_", "\\%", "*", "?", "[", "]", "[a-z]", "[^x]",
        "$1",
        "$$", "?1", ":id", "@name", "{", "}", "{a,b}", "NULL", "null", ",", "--", "/*", "*/", ";", "\n", "\r\n", "\t",
        "Robert'); DROP TABLE authors; --", "x' OR '1'='1", "1 OR 1=1", "' UNION SELECT * FROM books --", "\\x00",
        "é", "日本", "👩‍👩‍👧", "\u{202e}abc", "$.name", "$[0]", "a\"b", "a:b", "<b>", "&amp;", "E'\\''", "name",
    ]

    @Test("As a value it is itself and nothing else", arguments: TestDatabase.all)
    func values(_ database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let db = library.db
            try await db.insertAll(Self.texts.map { Author.Draft(name: $0) })
            let all = Self.texts + ["Ada", "Bob", "Cyd"]
            let names = { (_ condition: (Author.Columns) -> SQLExpression<Bool>) in
                try await db.select(Author.self).where { condition($0) }.columns { $0.name }.all()
            }
            for text in Self.texts {
                let part = Array(text.utf8)
                #expect(try await names { $0.name == text } == [text])
                #expect(try await names { $0.name != text }.count == all.count - 1)
                #expect(try await names { $0.name.isIn([text]) } == [text])
                #expect(try await names { $0.name + "x" == text + "x" } == [text])
                #expect(try await names { ($0.name == text).then("yes", else: text) == "yes" }.contains(text))
                #expect(try await names { ($0.teacher.name.optional ?? text) == text }.count >= all.count - 2)
                let holding = try await names { $0.name.contains(text) }
                #expect(
                    Set(holding) == Set(all.filter { part.isEmpty || $0.utf8.contains(part) }),
                    "\(text.debugDescription)"
                )
                let beginning = try await names { $0.name.hasPrefix(text) }
                #expect(Set(beginning) == Set(all.filter { $0.utf8.starts(with: part) }))
                let ending = try await names { $0.name.hasSuffix(text) }
                #expect(Set(ending) == Set(all.filter { $0.utf8.reversed().starts(with: part.reversed()) }))
                let folded = try await names { $0.name.contains(text, ignoringCase: true) }
                #expect(Set(folded).isSuperset(of: holding))
                #expect(try await db.rows("SELECT name FROM authors WHERE name = \(text)", as: String.self) == [text])
                let listed = try await db.rows(
                    "SELECT name FROM authors WHERE name IN (\(list: [text]))",
                    as: String.self
                )
                #expect(listed == [text])
            }
            let count = try await db.select(Author.self).where { $0.name.isIn(Self.texts) }.count()
            #expect(count == Self.texts.count)
            #expect(try await db.select(Book.self).count() == 6)
        }
    }

    @Test("A text may be longer than a pattern can be", arguments: TestDatabase.all)
    func longTexts(_ database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let long = String(repeating: "a*%É", count: 15_000)
            for name in [long, "before\(long)", "\(long)behind", "before\(long)behind"] {
                try await library.db.insert(Book.Draft(title: name, authorID: library.ada.id, pages: 1))
            }
            let count = { (_ condition: (Book.Columns) -> SQLExpression<Bool>) in
                try await library.db.select(Book.self).where { condition($0) }.count()
            }
            for ignoringCase in [false, true] {
                let text = ignoringCase ? long.replacing("a", with: "A") : long
                #expect(try await count { $0.title.contains(text, ignoringCase: ignoringCase) } == 4)
                #expect(try await count { $0.title.hasPrefix(text, ignoringCase: ignoringCase) } == 2)
                #expect(try await count { $0.title.hasSuffix(text, ignoringCase: ignoringCase) } == 2)
                #expect(try await count { !$0.title.contains(text, ignoringCase: ignoringCase) } == 6)
            }
            #expect(try await count { $0.title.contains(long.replacing("a", with: "A")) } == 0)
            guard database == .sqlite else { return }
            let error = await #expect(throws: DatabaseError.self) {
                try await library.db.rows("SELECT id FROM books WHERE title LIKE \(long)", as: Int64.self)
            }
            #expect(error?.code == .invalidValue)
        }
    }

    @Test("Whatever is searched for, nothing is an error", arguments: TestDatabase.all)
    func searches(_ database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let more = [
                "a AND", "OR", "NOT a", "NEAR(a b)", "title : a", "^a", "a*b", "(", "a & | !", "a:*", "-", "-a",
            ]
            for text in Self.texts + more {
                for text in [text, "pdf \(text)", "\"\(text)", "-\(text) pdf", text + text] {
                    _ = try await library.db.select(Book.self).matching(text, snippetOf: \.summary).all()
                    _ = try await library.db.select(Book.self).matching(text).count()
                }
            }
        }
    }

    @Test("As a name it is quoted", arguments: TestDatabase.all)
    func names(_ database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let db = library.db
            for text in Self.texts where !text.isEmpty {
                let found = try await db.select(Author.self).where { $0.name == "Ada" }.named(text).select().all()
                #expect(found == [library.ada])
                let rows = try await db.rows("SELECT 1 AS \(name: text)")
                #expect(rows.first?.keys.first == text)
            }
        }
    }

    @Test("A place in a list that nobody named is refused", arguments: TestDatabase.all)
    func places(_ database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            for text in Self.texts {
                let error = await #expect(throws: DatabaseError.self) {
                    try await library.db.select(Book.self).order { $0.title }.slice(2, after: text)
                }
                #expect(error?.code == .invalidValue)
            }
        }
    }
}
