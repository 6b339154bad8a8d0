// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL && os(Linux)
import Synchronization
import TandemSockets
import TestServers
import Testing

@testable import TandemData

@Suite("Answers come on the event loop that asked", .enabled(if: PostgreSQLServer.isInstalled))
struct PostgreSQLLoopTests {
    private let loops: [TestLoop]

    init() throws {
        self.loops = [try TestLoop(), try TestLoop(), try TestLoop()]
    }

    /// Where a connection's answers came: on the loop of the index, or on none.
    final class Places: Sendable {
        let all = Mutex<[Int?]>([])
    }

    @Test("A connection goes along to who uses it next, not while it works, and outlives the loop that watches it")
    func following() async throws {
        let server = try #require(PostgreSQLServer.shared)
        let watcher = try SocketWatcher.start()
        defer { watcher.close() }
        let places = Places()
        let answered: @Sendable (PostgreSQLConnection, Int) -> Void = { [loops] _, count in
            let place = loops.firstIndex { $0.isCurrent }
            places.all.withLock { $0 += [Int?](repeating: place, count: count) }
        }
        let connection = try PostgreSQLConnection.open(
            PostgreSQLSettings(url: server.url).connectionString(server.url),
            keptStatements: 4,
            watcher: watcher,
            owner: PostgreSQLConnection.Owner(answered: answered)
        )
        defer { connection.close() }
        func ask(_ texts: [String], on order: [SocketLoop?], meanwhile: () -> Void = {}) async {
            let (answers, done) = AsyncStream.makeStream(of: Bool.self)
            for (text, loop) in zip(texts, order) {
                connection.submit([PostgreSQLCommand(text)], on: loop) { result in
                    if case .success = result { done.yield(true) } else { done.yield(false) }
                }
            }
            meanwhile()
            for await isRight in answers.prefix(texts.count) { #expect(isRight) }
        }
        let sockets = self.loops.map(\.sockets)
        for loop in [nil, sockets[0], nil, sockets[1], watcher.loop, sockets[0]] { await ask(["SELECT 1"], on: [loop]) }
        #expect(places.all.withLock { $0 } == [nil, 0, 0, 1, nil, 0])
        await ask(["SELECT pg_sleep(0.1)", "SELECT 1"], on: [sockets[1], sockets[0]])
        #expect(places.all.withLock { $0 }.suffix(2) == [1, 1])
        await ask(["SELECT pg_sleep(0.3)"], on: [sockets[1]]) { self.loops[1].stop() }
        await ask(["SELECT 1"], on: [sockets[1]])
        #expect(places.all.withLock { $0 }.suffix(2) == [nil, nil])
        for loop in self.loops { loop.stop() }
    }

    @Test(
        "Loops and others share a pool, each with its own answers, while loops end",
        arguments: [(2, 1), (3, 32), (9, 1)]
    )
    func sharing(connections: Int, depth: Int) async throws {
        let change: (inout PostgreSQLSettings) -> Void = {
            $0.connections = 1...connections
            $0.pipelineDepth = depth
        }
        try await PostgreSQLSession.run(change) { session in
            let wrong = await withTaskGroup(of: Int.self) { group in
                for (number, loop) in (self.loops + [nil]).enumerated() {
                    // Some are done much sooner than others.
                    let rounds = 40 * (number + 1)
                    group.addTask(executorPreference: loop) {
                        let wrong = await withTaskGroup(of: Int.self) { group in
                            for caller in 0..<4 {
                                group.addTask { await Self.work(session, loop, caller: caller, rounds: rounds) }
                            }
                            return await group.reduce(0, +)
                        }
                        return wrong
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(wrong == 0)
            for loop in self.loops { loop.stop() }
            for number in Int64(0)..<20 {
                let answer = try await session.value("SELECT $1 + 0", [.integer(number)])
                #expect(answer == .integer(number))
            }
        }
    }

    /// - Returns: How many answers were wrong, or did not come where they were asked for.
    private static func work(_ session: PostgreSQLSession, _ loop: TestLoop?, caller: Int, rounds: Int) async -> Int {
        var wrong = 0
        for round in 0..<rounds {
            let number = Int64(caller * 1000 + round)
            let values = [SQLValue.integer(number)]
            let answer: SQLValue?
            if (caller + round).isMultiple(of: 9) {
                let transaction = try? await session.driver.begin(TransactionOptions())
                answer = try? await transaction?.value("SELECT $1 + 0", values)
                try? await transaction?.commit()
            } else {
                answer = try? await session.value("SELECT $1 + 0", values)
            }
            if answer != .integer(number) || loop?.isCurrent == false { wrong += 1 }
        }
        return wrong
    }

    @Test("Cancellation, a cut connection, a bulk insert, and the next statement, all on one loop")
    func troubles() async throws {
        let loop = self.loops[0]
        try await withTaskExecutorPreference(loop) {
            try await PostgreSQLSession.run({ $0.connections = 1...2 }) { session in
                let running = Task(executorPreference: loop) { await session.code(of: "SELECT pg_sleep(22)") }
                try await session.waitForRunning("pg_sleep(22)")
                running.cancel()
                #expect(await running.value == .cancelled)
                try await session.waitForRunning("pg_sleep(22)", count: 0)

                let cut = "SELECT pg_terminate_backend(pg_backend_pid())"
                #expect(await code { _ = try await session.value(cut, access: .write) } == .connectionLost)

                let transaction = try await session.driver.begin(TransactionOptions())
                try await transaction.run("CREATE TEMPORARY TABLE bulk (n bigint)")
                let columns = [TableColumn("n", .integer)]
                let table = Table("bulk", columns: columns, key: [])
                try await transaction.insert(into: table, columns: columns, count: 50_000) { $1.write(Int64($0)) }
                #expect(try await transaction.value("SELECT count(*) FROM bulk") == .integer(50_000))
                await transaction.rollback()
                #expect(try await session.value("SELECT 1::bigint") == .integer(1))
                #expect(loop.isCurrent)
            }
        }
        for loop in self.loops { loop.stop() }
    }
}
#endif
