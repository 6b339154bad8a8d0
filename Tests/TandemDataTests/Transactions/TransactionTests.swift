// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import TandemData

@Suite("A transaction is all or nothing, in any task and at any depth")
struct TransactionTests {
    private let driver = RecordingDriver()
    private var db: Database { Database(self.driver) }

    private struct Refused: Error {}

    private func write(_ text: String, in db: Database) async throws {
        try await db.run(Statement(text, access: .write))
    }

    @Test("It is committed where its closure returns, and undone where it throws")
    func outcome() async throws {
        let db = self.db
        let result = try await db.transaction { db in
            try await self.write("A", in: db)
            return 7
        }
        #expect(result == 7)
        await #expect(throws: Refused.self) {
            try await db.transaction { db in
                try await self.write("B", in: db)
                throw Refused()
            }
        }
        #expect(self.driver.lines == ["BEGIN", "A", "COMMIT", "BEGIN", "B", "ROLLBACK"])
    }

    @Test("A call on the database itself is part of the transaction around it, in child tasks too")
    func joining() async throws {
        let db = self.db
        try await db.transaction { _ in
            try await self.write("A", in: db)
            async let other: Void = self.write("B", in: db)
            try await other
            await withTaskGroup { group in
                for _ in 0..<3 { group.addTask { try? await self.write("C", in: db) } }
            }
        }
        #expect(self.driver.lines == ["BEGIN", "A", "B", "C", "C", "C", "COMMIT"])
    }

    @Test("Within another it is a savepoint, whichever copy of the database it is called on")
    func nesting() async throws {
        let db = self.db
        try await db.transaction { outer in
            try await outer.transaction { inner in
                try await self.write("A", in: inner)
                try await self.write("B", in: outer)
                try await self.write("C", in: db)
                await #expect(throws: Refused.self) {
                    try await db.transaction { _ in throw Refused() }
                }
            }
        }
        #expect(
            self.driver.lines == [
                "BEGIN", #"SAVEPOINT "tandem_1""#, "A", "B", "C",
                #"SAVEPOINT "tandem_2""#, #"ROLLBACK TO "tandem_2""#, #"RELEASE "tandem_2""#,
                #"RELEASE "tandem_1""#, "COMMIT",
            ]
        )
    }

    @Test("Savepoints of tasks side by side do not get into each other")
    func siblings() async throws {
        let db = self.db
        try await db.transaction { _ in
            try await withThrowingTaskGroup { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await db.transaction { db in
                            try await self.write("A", in: db)
                            try await self.write("B", in: db)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        let round = [#"SAVEPOINT "tandem_1""#, "A", "B", #"RELEASE "tandem_1""#]
        #expect(self.driver.lines == ["BEGIN"] + Array(repeating: round, count: 20).joined() + ["COMMIT"])
    }

    @Test("Where others got in the way the closure runs again, as often as it may")
    func retries() async throws {
        self.driver.fail("COMMIT", DatabaseError(.serializationFailure, "Another was first."))
        self.driver.fail("A", DatabaseError(.busy, "Another writes."))
        try await self.db.transaction { db in try await self.write("A", in: db) }
        #expect(
            self.driver.lines == ["BEGIN", "A", "ROLLBACK", "BEGIN", "A", "COMMIT", "ROLLBACK", "BEGIN", "A", "COMMIT"]
        )

        let stubborn = RecordingDriver()
        for _ in 0..<3 { stubborn.fail("BEGIN", DatabaseError(.busy, "Another writes.")) }
        let error = await #expect(throws: DatabaseError.self) {
            try await Database(stubborn).transaction(TransactionOptions(retries: 2)) { _ in }
        }
        #expect(error?.code == .busy)
        #expect(stubborn.lines == ["BEGIN", "BEGIN", "BEGIN"])
    }

    @Test("What is kept from it past its end throws; a task that outlives it is outside of it")
    func afterTheEnd() async throws {
        let db = self.db
        let (kept, late) = try await db.transaction { inner in
            (
                inner,
                Task {
                    // Only once the transaction has ended.
                    while !self.driver.lines.contains("COMMIT") { await Task.yield() }
                    try await self.write("LATE", in: db)
                }
            )
        }
        try await late.value
        let error = await #expect(throws: DatabaseError.self) { try await self.write("KEPT", in: kept) }
        #expect(error?.code == .closed)
        #expect(self.driver.lines == ["BEGIN", "COMMIT", "LATE"])
    }

    @Test("A hook runs after the commit, at once outside, and never where its part was undone")
    func hooks() async throws {
        let db = self.db
        let told = Mutex<[String]>([])
        try await db.transaction { db in
            await db.afterCommit { told.withLock { $0.append("outer") } }
            try await db.transaction { db in await db.afterCommit { told.withLock { $0.append("inner") } } }
            try? await db.transaction { db in
                await db.afterCommit { told.withLock { $0.append("undone") } }
                throw Refused()
            }
            #expect(told.withLock { $0 } == [])
        }
        await db.afterCommit { told.withLock { $0.append("outside") } }
        #expect(told.withLock { $0 } == ["outer", "inner", "outside"])
    }

    @Test("A transaction in another database is another transaction")
    func twoDatabases() async throws {
        let other = RecordingDriver()
        let second = Database(other)
        try await self.db.transaction { db in
            try await second.transaction { _ in
                try await self.write("A", in: db)
                try await self.write("B", in: second)
            }
        }
        #expect(self.driver.lines == ["BEGIN", "A", "COMMIT"])
        #expect(other.lines == ["BEGIN", "B", "COMMIT"])
    }
}
