// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Testing

@testable import TandemData

@Suite("Random conditions find what the same in Swift finds")
struct RandomConditionTests {
    /// A condition for the database, and the same for Swift.
    struct Both {
        let sql: (Book.Columns) -> SQLExpression<Bool>
        let swift: (Book) -> Bool
    }

    @Test("Filters", arguments: TestDatabase.all)
    func filters(_ database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let db = library.db
            var random = SeededGenerator(seed: 42)
            try await db.insertAll((0..<200).map { _ in Book.Draft.random(in: library, &random) })
            let all = try await db.select(Book.self).order { $0.id }.all()
            for _ in 0..<400 {
                let both = Self.condition(3, &random)
                let found = try await db.select(Book.self).where { both.sql($0) }.order { $0.id }.all()
                let expected = all.filter(both.swift)
                #expect(found == expected)
            }
        }
    }

    @Test("Groups", arguments: TestDatabase.all)
    func groups(_ database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let db = library.db
            var random = SeededGenerator(seed: 3)
            try await db.insertAll((0..<200).map { _ in Book.Draft.random(in: library, &random) })
            let all = try await db.select(Book.self).all()
            let rows = try await db.select(Book.self).group { $0.editorID }
                .columns {
                    $0.editorID; count(); $0.rating.count(); $0.pages.sum(); $0.rating.maximum(); $0.pages.average()
                    count(where: $0.isLent); $0.genre.countDistinct()
                }
                .order { $0.editorID }
                .all()
            let groups = Dictionary(grouping: all, by: \.editorID)
            #expect(rows.count == groups.count)
            #expect(rows.last?.0 == nil)
            for row in rows {
                let group = groups[row.0] ?? []
                let pages = group.map(\.pages)
                #expect(row.1 == group.count)
                #expect(row.2 == group.compactMap(\.rating).count)
                let sum = pages.reduce(0, +)
                #expect(row.3 == sum)
                #expect(row.4 == group.compactMap(\.rating).max())
                let average = try #require(row.5)
                #expect(abs(average * Double(pages.count) - Double(sum)) < 1e-9)
                #expect(row.6 == group.count(where: \.isLent))
                #expect(row.7 == Set(group.map(\.genre)).count)
            }
        }
    }

    private static func condition(_ depth: Int, _ random: inout SeededGenerator) -> Both {
        guard depth > 0, Int.random(in: 0..<4, using: &random) > 0 else { return self.leaf(&random) }
        let left = self.condition(depth - 1, &random)
        if Int.random(in: 0..<3, using: &random) == 0 {
            return Both(sql: { !left.sql($0) }, swift: { !left.swift($0) })
        }
        let right = self.condition(depth - 1, &random)
        return Bool.random(using: &random)
            ? Both(sql: { left.sql($0) && right.sql($0) }, swift: { left.swift($0) && right.swift($0) })
            : Both(sql: { left.sql($0) || right.sql($0) }, swift: { left.swift($0) || right.swift($0) })
    }

    private static func leaf(_ random: inout SeededGenerator) -> Both {
        let number = Int.random(in: -4...9, using: &random)
        let rating: Double? = Bool.random(using: &random) ? Double(Int.random(in: 0...4, using: &random)) / 2 : nil
        let text = ["", "a", "A", "b%", "_", "é", "'", "\"", "[", "*", "\\"].randomElement(using: &random) ?? ""
        let genre = Book.Genre.allCases.randomElement(using: &random) ?? .novel
        let list = [rating, 1, nil].shuffled(using: &random).dropLast()
        let leaves: [Both] = [
            Both(sql: { $0.pages == number }, swift: { $0.pages == number }),
            Both(sql: { $0.pages != number }, swift: { $0.pages != number }),
            Both(sql: { $0.pages < number }, swift: { $0.pages < number }),
            Both(sql: { $0.pages + 1 >= number }, swift: { $0.pages + 1 >= number }),
            Both(sql: { ($0.pages * 2 - number) / 3 > 0 }, swift: { ($0.pages * 2 - number) / 3 > 0 }),
            Both(sql: { $0.pages % 3 == 1 }, swift: { $0.pages % 3 == 1 }),
            Both(sql: { $0.rating == rating }, swift: { $0.rating == rating }),
            Both(sql: { $0.rating != rating }, swift: { $0.rating != rating }),
            Both(sql: { $0.rating > 1 }, swift: { ($0.rating ?? 0) > 1 }),
            Both(sql: { ($0.rating ?? 3) <= 2 }, swift: { ($0.rating ?? 3) <= 2 }),
            Both(sql: { $0.rating.isIn(Array(list)) }, swift: { list.contains($0.rating) }),
            Both(sql: { $0.pages.isIn([number, 2, 3]) }, swift: { [number, 2, 3].contains($0.pages) }),
            Both(sql: { $0.pages.isIn([]) }, swift: { _ in false }),
            Both(sql: { $0.pages.isIn(0..<5) }, swift: { (0..<5).contains($0.pages) }),
            Both(sql: { (0...5).contains($0.pages) }, swift: { (0...5).contains($0.pages) }),
            Both(sql: { $0.genre == genre }, swift: { $0.genre == genre }),
            Both(sql: { $0.genre.isIn([genre, .poem]) }, swift: { [genre, .poem].contains($0.genre) }),
            Both(sql: { $0.isLent }, swift: \.isLent),
            Both(sql: { $0.title.contains(text) }, swift: { text.isEmpty || $0.title.contains(text) }),
            Both(sql: { $0.title.hasPrefix(text) }, swift: { $0.title.hasPrefix(text) }),
            Both(sql: { $0.title.hasSuffix(text) }, swift: { $0.title.hasSuffix(text) }),
            Both(sql: { $0.title.length < 2 }, swift: { $0.title.unicodeScalars.count < 2 }),
            Both(sql: { $0.editorID == $0.authorID.optional }, swift: { $0.editorID == $0.authorID }),
            Both(sql: { $0.editorID != $0.authorID.optional }, swift: { $0.editorID != $0.authorID }),
            Both(sql: { $0.editor.name == nil }, swift: { $0.editorID == nil }),
            Both(sql: { $0.editor.teacherID == nil }, swift: { $0.editorID == nil || $0.editorID == 1 }),
            Both(sql: { $0.author.name == "Ada" }, swift: { $0.authorID == 1 }),
            Both(
                sql: { $0.isLent.then($0.pages, else: $0.pages - 5) > 0 },
                swift: { ($0.isLent ? $0.pages : $0.pages - 5) > 0 }
            ),
        ]
        return leaves.randomElement(using: &random) ?? leaves[0]
    }
}
