// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL && os(Linux)
import Foundation
import Synchronization
import TestServers
import Testing

@testable import TandemData

@Suite("A server that goes away is survived", .enabled(if: PostgreSQLServer.isInstalled), .serialized)
struct PostgreSQLOutageTests {
    private let server: PostgreSQLServer

    init() throws {
        self.server = try #require(Self.other)
        self.settings = PostgreSQLSettings(url: self.server.url)
    }

    private static let other = try? PostgreSQLServer()
    private var settings: PostgreSQLSettings

    @Test(
        "Under load, through a restart and a crash: what fails says so, no row is counted twice, and the pool heals",
        arguments: ["fast", "immediate"]
    )
    func restart(mode: String) async throws {
        try await PostgreSQLSession.run(on: self.server, { $0.connections = 1...4 }) { session in
            try await session.run("CREATE TABLE IF NOT EXISTS survived (id uuid PRIMARY KEY)")
            try await session.run("TRUNCATE survived")
            let isOver = Flag()
            let (kept, failed) = try await withThrowingTaskGroup(of: (Int, Set<DatabaseError.Code>).self) { group in
                for caller in 0..<16 { group.addTask { await Self.load(session, caller, until: isOver) } }
                group.addTask {
                    defer { isOver.value.store(true, ordering: .relaxed) }
                    try await poll { try await session.value("SELECT count(*) > 20 FROM survived") == .boolean(true) }
                    try self.server.stop(mode)
                    try self.server.start()
                    try await poll { await session.code(of: "SELECT 1") == nil }
                    return (0, [])
                }
                return try await group.reduce(into: (0, Set<DatabaseError.Code>())) { all, one in
                    all = (all.0 + one.0, all.1.union(one.1))
                }
            }
            #expect(failed.isSubset(of: [.connectionLost]), "\(failed)")
            // What was acknowledged is there; what failed in a commit may be there too.
            guard case .integer(let count) = try await session.value("SELECT count(*) FROM survived") else { return }
            #expect(Int(count) >= kept)
        }
    }

    final class Flag: Sendable {
        let value = Atomic(false)
    }

    /// Inserts rows, by transactions and by single statements, or reads.
    ///
    /// - Returns: How many rows were acknowledged, and what errors there were.
    private static func load(
        _ session: PostgreSQLSession,
        _ caller: Int,
        until isOver: Flag
    ) async -> (Int, Set<DatabaseError.Code>) {
        var kept = 0
        var failed: Set<DatabaseError.Code> = []
        while !isOver.value.load(ordering: .relaxed) {
            let result = await code {
                if caller.isMultiple(of: 4) {
                    let transaction = try await session.driver.begin(TransactionOptions())
                    try await transaction.run("INSERT INTO survived VALUES ($1)", [.uuid(UUID())])
                    try await transaction.commit()
                } else if caller.isMultiple(of: 2) {
                    try await session.run("INSERT INTO survived VALUES ($1)", [.uuid(UUID())])
                } else {
                    _ = try await session.value("SELECT count(*) FROM survived")
                }
            }
            if let result { failed.insert(result) } else if caller.isMultiple(of: 2) { kept += 1 }
        }
        return (kept, failed)
    }

    @Test("A connection that is cut in the middle: a read is run again, a write says that it is lost")
    func terminated() async throws {
        try await PostgreSQLSession.run(on: self.server, { $0.connections = 2...3 }) { session in
            for (access, expected) in [(Statement.Access.read, nil), (.write, DatabaseError.Code.connectionLost)] {
                let running = Task {
                    await code { _ = try await session.value("SELECT 'cut' FROM pg_sleep(0.3)", access: access) }
                }
                let find = """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%cut%'
                    """
                try await poll { try await session.value(find, access: .write) != nil }
                #expect(await running.value == expected)
            }
            let transaction = try await session.driver.begin(TransactionOptions())
            try await transaction.run("SELECT 1")
            let other = try await PostgreSQLDriver.connect(self.settings)
            _ = try await other.rows(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state LIKE 'idle in trans%'",
                access: .write
            )
            await other.close()
            #expect(await code { try await transaction.commit() } == .connectionLost)
            #expect(try await session.value("SELECT 1::bigint") == .integer(1))
        }
    }

    @Test("A server that stands still is given up, and found again when it goes on")
    func silence() async throws {
        let change: (inout PostgreSQLSettings) -> Void = {
            $0.connections = 1...3
            $0.statementTimeout = .milliseconds(200)
            $0.acquireTimeout = .milliseconds(500)
            $0.connectTimeout = .seconds(2)
        }
        try await PostgreSQLSession.run(on: self.server, change) { session in
            let transaction = try await session.driver.begin(TransactionOptions())
            try await transaction.run("SELECT 1")
            // So that there is a second connection, which is free.
            #expect(await session.code(of: "SELECT 1") == nil)
            try self.server.pause(true)
            defer { try? self.server.pause(false) }
            async let alone = session.code(of: "UPDATE pg_class SET relname = relname WHERE false")
            async let inside = code { try await transaction.run("SELECT 2") }
            #expect(await [alone, inside] == [.connectionLost, .connectionLost])
            #expect([.connectionLost, .poolExhausted].contains(await session.code(of: "SELECT 3")))
            await transaction.rollback()
            try self.server.pause(false)
            try await poll { await session.code(of: "SELECT 4") == nil }
        }
    }

    @Test("While the server is away callers fail in time, at once when that is known, and the pool heals")
    func away() async throws {
        let change: (inout PostgreSQLSettings) -> Void = { $0.acquireTimeout = .milliseconds(300) }
        try await PostgreSQLSession.run(on: self.server, change) { session in
            try self.server.stop()
            defer { try? self.server.start() }
            try await poll { await session.code(of: "SELECT 1") == .connectionLost }
            let clock = ContinuousClock()
            let time = await clock.measure {
                for _ in 0..<10 {
                    #expect(await session.code(of: "SELECT 1") == .connectionLost)
                    #expect(await code { _ = try await session.driver.begin(TransactionOptions()) } == .connectionLost)
                }
            }
            #expect(time < .seconds(5))
            try self.server.start()
            try await poll { await session.code(of: "SELECT 1") == nil }
        }
    }

    @Test("Who listens hears everything, and of the gap when the connection broke")
    func notifications() async throws {
        try await PostgreSQLSession.run(on: self.server) { session in
            let driver = session.driver
            var events = try await driver.notifications(on: "news").makeAsyncIterator()
            var others = try await driver.notifications(on: "Other \"news\"").makeAsyncIterator()
            try await driver.notify("news", "first")
            try await driver.notify("Other \"news\"", "")
            #expect(await events.next()?.payload == "first")
            #expect(await others.next()?.payload == "")
            let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
            _ = try await session.rows(cut, access: .write)
            #expect(await events.next() == .gap)
            #expect(await others.next() == .gap)
            try await driver.notify("news", "second")
            #expect(await events.next()?.payload == "second")
            try self.server.restart()
            #expect(await events.next() == .gap)
            try await poll { await code { try await driver.notify("news", "third") } == nil }
            #expect(await events.next()?.payload == "third")
        }
    }

    @Test("Reads go to the replicas in turn, and to the primary where none is there; writes never do")
    func replicas() async throws {
        let primary = try #require(PostgreSQLServer.shared)
        let change: (inout PostgreSQLSettings) -> Void = {
            $0.replicas = [self.server.url, "postgres://app@127.0.0.1:1/postgres"]
            $0.acquireTimeout = .milliseconds(300)
        }
        try await PostgreSQLSession.run(on: primary, change) { session in
            let port = "SELECT current_setting('port')"
            let (first, second) = (SQLValue.text("\(primary.port)"), SQLValue.text("\(self.server.port)"))
            for _ in 0..<4 { #expect(try await session.value(port) == second) }
            #expect(try await session.value(port, access: .unknown) == first)
            #expect(try await session.value(port, access: .write) == first)
            let transaction = try await session.driver.begin(TransactionOptions(isReadOnly: true))
            #expect(try await transaction.value(port) == first)
            await transaction.rollback()
            try self.server.stop()
            for _ in 0..<4 { #expect(try await session.value(port) == first) }
            try self.server.start()
            try await poll { try await session.value(port) == second }
        }
    }
}

extension PostgreSQLEvent {
    var payload: String? { if case .notification(let notification) = self { notification.payload } else { nil } }
}
#endif
