// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemData

// What the compiler is asked to check in one go: compiled with -warn-long-expression-type-checking=100 and
// -warn-long-function-bodies=200 there is no warning.
@Suite("Long queries are checked quickly and run")
struct LongChainTests {
    @Test("A chain of everything", arguments: TestDatabase.all)
    func everything(_ database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let word: String? = "a"
            let titles = try await library.db.select(Book.self)
                .where {
                    if let word { $0.title.contains(word) || $0.summary.contains(word, ignoringCase: true) }
                    $0.pages > 5 && $0.pages < 1_000 && $0.pages != 7 && ($0.rating == nil || $0.rating >= 1.5)
                    ($0.genre == .novel || $0.genre == .poem || $0.genre == .manual) && !$0.isLent
                    $0.author.name.isIn(["Ada", "Bob"]) && $0.author.teacher.name != "Cyd"
                    ($0.rating ?? 3) * 2 + 1 - 0.5 > 1 && $0.pages * 2 + $0.pages / 2 - 1 > $0.pages % 3
                    (10...500).contains($0.pages) || $0.title.lowercased().trimmed().length + 1 > 3
                    $0.author.books.any { $0.pages > 10 } || $0.tags.none { $0.word == "red" }
                    $0.author.books.count + $0.tags.count > 1
                }
                .order {
                    $0.author.name.descending(); $0.rating.ascending(nulls: .last); $0.pages; $0.id
                }
                .limit(10)
                .offset(0)
                .columns {
                    $0.title; $0.author.name; $0.pages + 1; $0.rating ?? 0; $0.tags.count
                }
                .all()
            #expect(titles.map(\.0) == ["alphabet", "Delta_x", "Gamma", "Alpha", "Beta"])
            #expect(titles.map(\.4) == [1, 0, 0, 2, 1])
        }
    }

    @Test("A long condition of one line", arguments: TestDatabase.all)
    func oneLine(_ database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let count = try await library.db.select(Book.self)
                .where {
                    ($0.pages > 1 && $0.pages < 9_999 || $0.title == "x" && $0.summary != "y"
                        || $0.rating > 4.5
                            && $0.rating < 5.5
                        || $0.isLent && $0.genre == .poem) && ($0.pages + 1 > 2 || $0.pages - 1 < 0)
                        && !($0.title == "none" || $0.title == "nothing" || $0.title.hasPrefix("zz"))
                }
                .count()
            #expect(count == 6)
        }
    }

    @Test("Groups of many columns", arguments: TestDatabase.all)
    func groups(_ database: TestDatabase) async throws {
        try await Library.on(database) { library async throws in
            let groups = try await library.db.select(Book.self)
                .where { $0.pages > 0 }
                .group {
                    $0.author.name; $0.isLent
                }
                .having { count() > 0 && $0.pages.sum() > 5 }
                .columns {
                    $0.author.name; $0.isLent; count(); $0.pages.sum(); $0.pages.average(); $0.title.minimum()
                    $0.rating.maximum(); $0.genre.countDistinct(); count(where: $0.pages > 20 && $0.rating != nil)
                }
                .order {
                    $0.author.name; $0.isLent
                }
                .all()
            #expect(groups.map(\.0) == ["Ada", "Bob", "Bob"])
            #expect(groups.map(\.2) == [3, 2, 1])
        }
    }
}
