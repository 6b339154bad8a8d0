// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL && os(Linux)
import TestServers
import Testing

@testable import TandemData

@Suite("Connections are shared, and come back whatever happens", .enabled(if: PostgreSQLServer.isInstalled))
struct PostgreSQLPoolTests {
    @Test(
        "Many callers at once all get their own answers",
        arguments: [(50, 4, 1), (500, 4, 1), (500, 2, 32), (500, 1, 4)]
    )
    func concurrent(callers: Int, connections: Int, depth: Int) async throws {
        let change: (inout PostgreSQLSettings) -> Void = {
            $0.connections = 1...connections
            $0.pipelineDepth = depth
        }
        try await PostgreSQLSession.run(change) { session in
            let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
                for caller in 0..<callers {
                    group.addTask {
                        var wrong = 0
                        for round in 0..<10 {
                            let number = Int64(caller * 100 + round)
                            // Some fail, which must not harm those behind them.
                            if (caller + round).isMultiple(of: 7) {
                                if await session.code(of: "SELECT 1 / ($1 - $1)", [.integer(number)]) != .invalidValue {
                                    wrong += 1
                                }
                            } else {
                                let value = try await session.value("SELECT $1 + 0", [.integer(number)])
                                if value != .integer(number) { wrong += 1 }
                            }
                        }
                        return wrong
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(wrong == 0)
            let count = try await session.value(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tandem'"
            )
            if case .integer(let count) = count { #expect(count <= connections + 1) }
        }
    }

    @Test("Statements and transactions in turn, more than there are connections")
    func mixed() async throws {
        try await PostgreSQLSession.run({ $0.connections = 1...3 }) { session in
            try await session.run("CREATE TABLE mixed (n bigint)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<60 {
                    group.addTask {
                        if caller.isMultiple(of: 3) {
                            let transaction = try await session.driver.begin(TransactionOptions())
                            try await transaction.run("INSERT INTO mixed VALUES ($1)", [.integer(1)])
                            try await transaction.run("INSERT INTO mixed VALUES ($1)", [.integer(1)])
                            if caller.isMultiple(of: 2) {
                                try await transaction.commit()
                            } else {
                                await transaction.rollback()
                            }
                        } else {
                            try await session.run("INSERT INTO mixed VALUES ($1)", [.integer(1)])
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await session.value("SELECT count(*) FROM mixed") == .integer(40 + 2 * 10))
            try await session.run("DROP TABLE mixed")
        }
    }

    @Test("Where all are in use a caller waits, gives up in time, and the next finds one again")
    func exhaustion() async throws {
        let change: (inout PostgreSQLSettings) -> Void = {
            $0.connections = 0...2
            $0.acquireTimeout = .milliseconds(100)
        }
        try await PostgreSQLSession.run(change) { session in
            let held = [
                try await session.driver.begin(TransactionOptions()),
                try await session.driver.begin(TransactionOptions()),
            ]
            for transaction in held { try await transaction.run("SELECT 1") }
            for _ in 0..<20 {
                async let one = code { _ = try await session.driver.begin(TransactionOptions()) }
                async let other = session.code(of: "SELECT 1")
                #expect(await [one, other] == [.poolExhausted, .poolExhausted])
                if Task.isCancelled { break }
            }
            async let waiting = session.value("SELECT 7::bigint")
            await held[0].rollback()
            #expect(try await waiting == .integer(7))
            try await held[1].commit()
            let transaction = try await session.driver.begin(TransactionOptions())
            await transaction.rollback()
        }
    }

    @Test("A caller that is cancelled while it waits is gone at once, and those behind it are served")
    func cancelledWait() async throws {
        try await PostgreSQLSession.run({ $0.connections = 1...1 }) { session in
            let held = try await session.driver.begin(TransactionOptions())
            let waiting = Task { await code { _ = try await session.driver.begin(TransactionOptions()) } }
            let behind = Task { await code { _ = try await session.value("SELECT 1") } }
            waiting.cancel()
            #expect(await waiting.value == .cancelled)
            await held.rollback()
            #expect(await behind.value == nil)
        }
    }

    @Test("A cancelled statement is given up by the server, by itself and in a transaction")
    func cancelledStatement() async throws {
        try await PostgreSQLSession.run({ $0.connections = 1...2 }) { session in
            let clock = ContinuousClock()
            let time = try await clock.measure {
                let alone = Task { await session.code(of: "SELECT pg_sleep(20)") }
                try await session.waitForRunning("pg_sleep(20)")
                alone.cancel()
                #expect(await alone.value == .cancelled)
                try await session.waitForRunning("pg_sleep(20)", count: 0)

                let transaction = try await session.driver.begin(TransactionOptions())
                let inside = Task { await code { try await transaction.run("SELECT pg_sleep(21)") } }
                try await session.waitForRunning("pg_sleep(21)")
                inside.cancel()
                #expect(await inside.value == .cancelled)
                await transaction.rollback()
                #expect(try await session.value("SELECT 1::bigint") == .integer(1))
            }
            #expect(time < .seconds(10))
        }
    }

    @Test("A transaction that nobody ends is rolled back, and its connection is clean")
    func abandoned() async throws {
        try await PostgreSQLSession.run({ $0.connections = 1...1 }) { session in
            try await session.run("CREATE TABLE abandoned (n bigint)")
            for _ in 0..<10 {
                let transaction = try await session.driver.begin(TransactionOptions())
                try await transaction.run("INSERT INTO abandoned VALUES (1)")
            }
            #expect(try await session.value("SELECT count(*) FROM abandoned") == .integer(0))
            try await session.run("DROP TABLE abandoned")
        }
    }

    @Test("A kept statement is prepared anew when its table has changed, or when it is gone")
    func stale() async throws {
        let change: (inout PostgreSQLSettings) -> Void = {
            $0.connections = 1...1
            $0.keptStatements = 4
        }
        try await PostgreSQLSession.run(change) { session in
            try await session.run("CREATE TABLE changing (a bigint)")
            try await session.run("INSERT INTO changing VALUES (1)")
            #expect(try await session.rows("SELECT * FROM changing") == [[.integer(1)]])
            try await session.run("ALTER TABLE changing ADD b text DEFAULT 'x'")
            #expect(try await session.rows("SELECT * FROM changing") == [[.integer(1), .text("x")]])
            try await session.run("DEALLOCATE ALL")
            #expect(try await session.rows("SELECT * FROM changing") == [[.integer(1), .text("x")]])
            for number in 0..<20 {
                let value = try await session.value("SELECT a + \(number) FROM changing")
                #expect(value == .integer(Int64(1 + number)))
            }
            let kept = try await session.value("SELECT count(*) FROM pg_prepared_statements")
            #expect(kept == .integer(4))
            let late = try await session.driver.begin(TransactionOptions())
            try await late.run("SELECT * FROM changing")
            try await late.run("ALTER TABLE changing DROP b")
            #expect(await code { try await late.run("SELECT * FROM changing") } == .serializationFailure)
            await late.rollback()
            try await session.run("DROP TABLE changing")
        }
    }

    @Test("Connections that nobody uses are closed, but for those to keep")
    func idle() async throws {
        let change: (inout PostgreSQLSettings) -> Void = {
            $0.connections = 1...8
            $0.idleTimeout = .milliseconds(50)
            $0.applicationName = "idle test & more"
        }
        try await PostgreSQLSession.run(change) { session in
            let transactions = try await (0..<8).asyncMap { _ in try await session.driver.begin(TransactionOptions()) }
            for transaction in transactions { await transaction.rollback() }
            let count = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'idle test & more'"
            try await poll { try await session.value(count) == .integer(1) }
        }
    }

    @Test("After the end everything is refused, and what waited has its answer")
    func closed() async throws {
        let server = try #require(PostgreSQLServer.shared)
        var settings = PostgreSQLSettings(url: server.url)
        settings.connections = 1...1
        let driver = try await PostgreSQLDriver.connect(settings)
        let running = Task { await code { _ = try await driver.rows("SELECT pg_sleep(0.2)") } }
        try await PostgreSQLSession.run { try await $0.waitForRunning("pg_sleep(0.2)") }
        await driver.close()
        #expect(await running.value == nil)
        #expect(await code { _ = try await driver.rows("SELECT 1") } == .closed)
        #expect(await code { _ = try await driver.begin(TransactionOptions()) } == .closed)
        await driver.close()
    }

    @Test(
        "No text of a value is ever taken for SQL",
        arguments: [
            "'; DROP TABLE injected; --", "1 OR 1=1", "\\'; SELECT pg_sleep(10); --", "$1", "$$", "\u{2019}; --",
            "')) UNION SELECT 1 --", "%s %n", "\\x00", "NULL", "E'\\\\'", "\"", "/* */",
        ]
    )
    func injection(text: String) async throws {
        try await PostgreSQLSession.run { session in
            #expect(try await session.value("SELECT $1", [.text(text)]) == .text(text))
            #expect(
                try await session.value("SELECT count(*) FROM pg_class WHERE relname = $1", [.text(text)])
                    == .integer(0)
            )
            let transaction = try await session.driver.begin(TransactionOptions())
            try await transaction.run("CREATE TEMPORARY TABLE injected (\(text.quotedName) text)")
            let columns = [TableColumn(text, .text)]
            try await transaction.insert(into: Table("injected", columns: columns, key: []), columns: columns, count: 1)
            {
                $1.write(text)
            }
            #expect(try await transaction.value("SELECT * FROM injected") == .text(text))
            await transaction.rollback()
            try await session.driver.notify(text, text)
        }
    }
}

extension PostgreSQLSession {
    /// Waits until so many statements with a text run on the server.
    func waitForRunning(_ text: String, count: Int64 = 1) async throws {
        let query = """
            SELECT count(*) FROM pg_stat_activity
            WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%' || $1 || '%'
            """
        try await poll { try await self.value(query, [.text(text)]) == .integer(count) }
    }
}

/// Tries for ten seconds until something is so.
func poll(_ isSo: () async throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(10)
    while try await !isSo() {
        try #require(ContinuousClock.now < end, "it did not become so")
        await Task.yield()
    }
}

extension Sequence {
    func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
#endif
