// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemData

@Suite("A pool lends, makes those who come too late wait, and recovers")
struct SQLitePoolTests {
    private static func pool(_ limit: Int, _ timeout: Duration = .seconds(20)) -> LendingPool<Int> {
        LendingPool(limit: limit, timeout: timeout) { 0 }
    }

    @Test("Those who wait longer than the time-out hear of it, and the pool serves the next")
    func exhaustion() async throws {
        let pool = Self.pool(2, .milliseconds(30))
        let lent = [try await pool.take(), try await pool.take()]
        for _ in 0..<3 { #expect(await databaseError { _ = try await pool.take() }?.code == .poolExhausted) }
        for one in lent { pool.give(one) }
        for _ in 0..<10 { pool.give(try await pool.take()) }
    }

    @Test("They are served in the order in which they came")
    func order() async throws {
        let pool = Self.pool(1)
        let first = try await pool.take()
        var waiting: [Task<Int, any Error>] = []
        for number in 1...20 {
            waiting.append(Task { try await pool.take() })
            while pool.waitingCount < number { await Task.yield() }
        }
        pool.give(first)
        for (index, task) in waiting.enumerated() {
            let lent = try await task.value
            #expect(pool.waitingCount == waiting.count - index - 1)
            pool.give(lent)
        }
    }

    @Test("Who is cancelled leaves the line")
    func cancellation() async throws {
        let pool = Self.pool(1)
        let lent = try await pool.take()
        let waiting = Task { try await pool.take() }
        while pool.waitingCount < 1 { await Task.yield() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { _ = try await waiting.value }
        #expect(pool.waitingCount == 0)
        pool.give(lent)
        #expect(try await pool.take() == lent)
    }

    @Test("One that does not work any more makes place for another")
    func discarded() async throws {
        let pool = Self.pool(1)
        _ = try await pool.take()
        let waiting = Task { try await pool.take() }
        while pool.waitingCount < 1 { await Task.yield() }
        pool.discard()
        pool.give(try await waiting.value)
        #expect(pool.count == 1)
    }

    @Test("After its end it lends nothing, and its end comes when all is back")
    func closing() async throws {
        let pool = Self.pool(1)
        let lent = try await pool.take()
        let waiting = Task { try await pool.take() }
        while pool.waitingCount < 1 { await Task.yield() }
        async let end: Void = pool.close()
        #expect(await databaseError { _ = try await waiting.value }?.code == .closed)
        pool.give(lent)
        await end
        #expect(await databaseError { _ = try await pool.take() }?.code == .closed)
    }

    @Test("Cursors and read-only transactions that are never ended hold up no short read, and come back")
    func held() async throws {
        try await SQLiteFile.opened(
            SQLiteReadTests.schema,
            {
                $0.heldReaders = 2; $0.waitTimeout = .milliseconds(30)
            }
        ) { db, _ in
            for _ in 0..<3 {
                var cursor: (any DatabaseCursor)? = try await db.cursor(Statement("SELECT a FROM t"))
                _ = try await cursor?.next { _ in }
                var snapshot: (any DatabaseTransaction)? = try await db.begin(TransactionOptions(isReadOnly: true))
                #expect(await databaseError { _ = try await db.cursor(Statement("SELECT 1")) }?.code == .poolExhausted)
                for _ in 0..<10 { #expect(try await db.integers("SELECT count(*) FROM t") == [1000]) }
                _ = (cursor, snapshot)
                cursor = nil
                snapshot = nil
            }
        }
    }
}
