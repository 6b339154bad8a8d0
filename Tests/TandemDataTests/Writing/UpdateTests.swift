// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Testing

@testable import TandemData

@Suite("Rows are updated and deleted")
struct UpdateTests {
    @Test(
        "A model's row becomes what the model is, with one version more and the time of the change",
        arguments: TestDatabase.all
    )
    func model(database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            var box = try await db.insert(Box.Draft(label: "a"))
            box.label = "B"
            box.note = "new"
            let updated = try await db.update(box)
            #expect(updated.label == "b")
            #expect(updated.note == "new")
            #expect(updated.version == 1)
            #expect(updated.changedAt > .now.addingTimeInterval(-60))
            #expect(try await db.find(Box.self, box.id) == updated)
        }
    }

    @Test("Who read a row before another changed it is told so", arguments: TestDatabase.all)
    func stale(database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            let read = try await db.insert(Box.Draft(label: "a"))
            try await db.update(read)
            let stale = await #expect(throws: DatabaseError.self) { try await db.update(read) }
            #expect(stale?.code == .stale)
            try await db.delete(read)
            let gone = await #expect(throws: DatabaseError.self) { try await db.update(read) }
            #expect(gone?.code == .notFound)
        }
    }

    @Test(
        "Of fifty who count up a row at once by what they read, as many succeed as it counted",
        arguments: TestDatabase.all
    )
    func optimistic(database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            let box = try await db.insert(Box.Draft(label: "a"))
            let succeeded = await withTaskGroup { group in
                for _ in 0..<50 {
                    group.addTask {
                        guard var read = try? await db.find(Box.self, box.id) else { return false }
                        read.count += 1
                        return (try? await db.update(read)) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(succeeded > 0)
            #expect(try await db.find(Box.self, box.id).count == succeeded)
        }
    }

    @Test("Rows are set to values and formulas where conditions are true", arguments: TestDatabase.all)
    func query(database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            try await db.insert((0..<10).map { Box.Draft(label: "\($0)", count: $0) })
            let count = try await db.update(Box.self)
                .set(\.kind, to: .paper)
                .set(\.note, to: nil)
                .set(\.count) { $0.count * 10 }
                .where { $0.count >= 7 }
                .run()
            #expect(count == 3)
            let rows = try await db.select(Box.self).where { $0.kind == .paper }.order { $0.count }.all()
            #expect(rows.map(\.count) == [70, 80, 90])
            #expect(rows.allSatisfy { $0.version == 1 })
            let returned = try await db.update(Box.self).set(\.note, to: "x").where { $0.count == 70 }.returning()
            #expect(returned.map(\.label) == ["7"])
        }
    }

    @Test("A change without a condition is refused unless all rows are meant", arguments: TestDatabase.all)
    func everything(database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            try await db.insert((0..<3).map { Box.Draft(label: "\($0)") })
            let update = await #expect(throws: DatabaseError.self) {
                try await db.update(Box.self).set(\.count, to: 1).run()
            }
            #expect(update?.code == .invalidStatement)
            await #expect(throws: DatabaseError.self) { try await db.delete(Box.self).run() }
            await #expect(throws: DatabaseError.self) { try await db.update(Box.self).everything().run() }
            #expect(try await db.update(Box.self).set(\.count, to: 1).everything().run() == 3)
            #expect(try await db.delete(Box.self).everything().run() == 3)
        }
    }

    @Test("Rows are deleted by key, by value and by conditions, with what belongs to them", arguments: TestDatabase.all)
    func deletes(database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            let boxes = try await db.insert((0..<4).map { Box.Draft(label: "\($0)", count: $0) })
            for box in boxes { try await db.insert(Item(boxID: box.id, place: 1, name: "nail")) }
            #expect(try await db.delete(Box.self, boxes[0].id))
            #expect(try await db.delete(boxes[1]))
            #expect(try await !db.delete(boxes[1]))
            #expect(try await db.delete(Box.self).where { $0.count == 3 }.returning().map(\.label) == ["3"])
            #expect(try await db.select(Item.self).all().map(\.boxID) == [boxes[2].id])
            let key = Item.ID(boxID: boxes[2].id, place: 1)
            #expect(try await db.find(Item.self, key).name == "nail")
            #expect(try await db.update(Item(boxID: boxes[2].id, place: 1, name: "screw")).name == "screw")
            #expect(try await db.delete(Item.self, key))
        }
    }

    @Test("Conditions reach across references", arguments: TestDatabase.all)
    func acrossReferences(database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            let boxes = try await db.insert([Box.Draft(label: "a"), Box.Draft(label: "b")])
            for box in boxes { try await db.insert(Item(boxID: box.id, place: 1, name: "nail")) }
            #expect(try await db.update(Item.self).set(\.name, to: "bolt").where { $0.box.label == "b" }.run() == 1)
            #expect(try await db.delete(Item.self).where { $0.box.label == "a" }.run() == 1)
            #expect(try await db.select(Item.self).one().name == "bolt")
        }
    }

    @Test("Changes are told after the commit, with their keys, and none that were undone", arguments: TestDatabase.all)
    func changes(database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            var changes = db.changes(of: Box.self).makeAsyncIterator()
            let box = try await db.insert(Box.Draft(label: "a"))
            #expect(await changes.next() == .inserted(box.id))
            struct Undone: Error {}
            try? await db.transaction { db in
                try await db.insert(Box.Draft(label: "b"))
                throw Undone()
            }
            try await db.transaction { db in
                try await db.update(box)
                try await db.insertAll([Box.Draft(label: "c")])
            }
            #expect(await changes.next() == .updated(box.id))
            #expect(await changes.next() == .several)
            try await db.update(Box.self).set(\.count, to: 2).where { $0.id == box.id }.run()
            #expect(await changes.next() == .updated(box.id))
            try await db.delete(Box.self).where { $0.id == box.id }.run()
            #expect(await changes.next() == .deleted(box.id))
            await db.close()
            #expect(await changes.next() == nil)
        }
    }

    @Test("Whoever reads too slowly is told to look again, and nothing waits for him", arguments: TestDatabase.all)
    func overflow(database: TestDatabase) async throws {
        try await database.shelf { db async throws in
            var changes = db.changes(of: Box.self, waiting: 10).makeAsyncIterator()
            try await db.insert((0..<25).map { Box.Draft(label: "\($0)") })
            #expect(await changes.next() == .several)
            await db.close()
            while let change = await changes.next() {
                guard case .inserted = change else { continue }
            }
        }
    }
}
