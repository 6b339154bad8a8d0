// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Testing

@testable import TandemData

@Suite("Rows are inserted")
struct InsertTests {
    @Test("A draft gets its key and is what is in the table", arguments: TestDatabase.all)
    func draft(database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            let box = try await db.insert(Box.Draft(label: "Tools", note: "heavy"))
            #expect(box.id == 1)
            #expect(box.label == "tools")
            #expect(box.kind == .wood)
            #expect(try await db.find(Box.self, 1) == box)
            #expect(try await db.insert(Box.Draft(label: "more")).id == 2)
        }
    }

    @Test("A model keeps its key, and its key is not given again", arguments: TestDatabase.all)
    func model(database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            let box = try await db.insert(Box(id: 40, label: "a", kind: .paper))
            #expect(try await db.find(Box.self, 40) == box)
            #expect(try await db.insert(Box.Draft(label: "b")).id == 41)
        }
    }

    @Test(
        "A key that was given is not given again, though its row is gone and smaller ones came by hand",
        arguments: TestDatabase.all
    )
    func spentKeys(database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            let given = try await db.insert((0..<5).map { Box.Draft(label: "\($0)") }).map(\.id)
            try await db.delete(Box.self).everything().run()
            try await db.insertAll([Box(id: 2, label: "by hand")])
            let next = try await db.insert(Box.Draft(label: "next")).id
            #expect(next > given.max() ?? 0)
        }
    }

    @Test("A hook can change what is inserted, and refuse it", arguments: TestDatabase.all)
    func hook(database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            await #expect(throws: Box.Draft.Refused.self) { try await db.insert(Box.Draft(label: "FORBIDDEN")) }
            #expect(try await db.select(Box.self).count() == 0)
        }
    }

    @Test(
        "Many rows come back in order, however they are filled",
        arguments: [0, 1, 499, 500, 501, 2_345],
        TestDatabase.all
    )
    func many(count: Int, database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            let drafts = (0..<count).map { Box.Draft(id: $0 % 7 == 3 ? Int64(10_000 + $0) : nil, label: "box \($0)") }
            let boxes = try await db.insert(drafts)
            #expect(boxes.map(\.label) == drafts.map(\.label))
            #expect(Set(boxes.map(\.id)).count == count)
            #expect(try await db.select(Box.self).count() == count)
        }
    }

    @Test("All of a list are inserted or none", arguments: TestDatabase.all)
    func atomic(database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            var drafts = (0..<1_200).map { Box.Draft(label: "box \($0)") }
            drafts[1_100].label = "box 3"
            let error = await #expect(throws: DatabaseError.self) { try await db.insert(drafts) }
            #expect(error?.code == .uniqueViolation)
            #expect(error?.table == "boxes")
            #expect(error?.columns == ["label"])
            #expect(try await db.select(Box.self).count() == 0)
            await #expect(throws: DatabaseError.self) { try await db.insertAll(drafts) }
            #expect(try await db.select(Box.self).count() == 0)
        }
    }

    @Test("Bulk inserts put in the same", arguments: TestDatabase.all)
    func bulk(database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            try await db.insertAll((0..<5_000).map { Box.Draft(label: "Box \($0)", count: $0) })
            try await db.insertAll([Box.Draft]())
            #expect(try await db.select(Box.self).count() == 5_000)
            let last = try await db.select(Box.self).where { $0.label == "box 4999" }.one()
            #expect(last.count == 4_999)
        }
    }

    @Test("A row that is there is left, or updated, as is said", arguments: TestDatabase.all)
    func conflicts(database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            let first = try await db.insert(Box.Draft(label: "a", count: 1, note: "old"))
            let again = Box.Draft(label: "a", count: 5, kind: .paper)
            #expect(try await db.insert(again, onConflict: .ignore) == nil)
            #expect(try await db.find(Box.self, first.id) == first)

            let updated = try #require(try await db.insert(again, onConflict: .update(on: \.label)))
            #expect(updated.id == first.id)
            #expect(updated.count == 5)
            #expect(updated.note == nil)
            #expect(updated.kind == .paper)
            #expect(updated.changedAt > first.changedAt)

            let taken = try await db.insert(
                Box.Draft(label: "a", count: 7, note: "new"),
                onConflict: .update(on: \.label, taking: [\.note])
                    .setting(\.count) { present, inserted in present.count + inserted.count }
            )
            #expect(taken?.count == 12)
            #expect(taken?.note == "new")
            #expect(taken?.kind == .paper)
            #expect(taken?.version == updated.version + 1)

            let fresh = try await db.insert(Box.Draft(label: "b"), onConflict: .update(on: \.label))
            #expect(fresh?.label == "b")
            #expect(try await db.select(Box.self).count() == 2)
        }
    }

    @Test("Another rule than the one named still stands", arguments: TestDatabase.all)
    func otherConflict(database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            try await db.insert(Box(id: 1, label: "a"))
            let error = await #expect(throws: DatabaseError.self) {
                try await db.insert(Box(id: 1, label: "b"), onConflict: .update(on: \.label))
            }
            #expect(error?.code == .uniqueViolation)
        }
    }

    @Test("What is no column cannot be a column of a conflict", arguments: TestDatabase.all)
    func noColumn(database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            let error = await #expect(throws: DatabaseError.self) {
                try await db.insert(Box.Draft(label: "a"), onConflict: .update(on: \.formula))
            }
            #expect(error?.code == .invalidStatement)
        }
    }

    @Test(
        "Texts that look like SQL are texts",
        arguments: ["'; DROP TABLE boxes; --", "\" OR 1=1", "?1", "$1", "%_\\"],
        TestDatabase.all
    )
    func injection(text: String, database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            let box = try await db.insert(Box.Draft(label: text, note: text))
            #expect(box.note == text)
            #expect(
                try await db.update(Box.self).set(\.note, to: text).where { $0.label == text.lowercased() }.run() == 1
            )
            #expect(try await db.select(Box.self).where { $0.note == text }.count() == 1)
        }
    }
}

extension Box.Columns {
    fileprivate var formula: SQLExpression<Int> { self.count + 1 }
}
