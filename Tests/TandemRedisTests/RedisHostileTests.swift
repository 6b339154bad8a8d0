// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
import Synchronization
import Testing

@testable import TandemRedis

@Suite("A server that is none costs its callers an error, and no more")
struct RedisHostileTests {
    private static func settings(_ server: FakeServer) -> RedisSettings {
        var settings = RedisSettings(url: server.url)
        settings.timeout = .milliseconds(300)
        settings.connectTimeout = .milliseconds(200)
        settings.reconnectDelay = .milliseconds(5) ... .milliseconds(20)
        settings.replyBytes = 10_000
        return settings
    }

    private static func error(_ redis: Redis, _ parts: RedisArgument...) async -> RedisError? {
        do {
            try await redis.command(parts)
            return nil
        } catch {
            return error as? RedisError
        }
    }

    @Test(arguments: ["HTTP/1.1 400 Bad Request\r\n\r\n", "$100000\r\n" + String(repeating: "x", count: 20_000)])
    func `Garbage, and an answer without end, fail what waits for it`(answer: String) async throws {
        let server = try await FakeServer(FakeServer.afterGreeting { _ in answer })
        let redis = try Redis(Self.settings(server))
        guard case .malformed = await Self.error(redis, "GET", "a") else {
            Issue.record("the answer was taken")
            return
        }
        try await server.stop()
    }

    @Test
    func `An answer that nobody asked for ends the connection, and the next command has a better one`() async throws {
        let server = try await FakeServer(
            FakeServer.afterGreeting { $0.contains("BAD") ? "+1\r\n+2\r\n" : "+fine\r\n" }
        )
        let redis = try Redis(Self.settings(server))
        #expect(try await redis.command("BAD") == .status("1"))
        #expect(try await redis.command("GET", "a") == .status("fine"))
        try await server.stop()
    }

    @Test
    func `A connection that closes in the middle fails what was sent, once`() async throws {
        let server = try await FakeServer(FakeServer.afterGreeting { $0.contains("BAD") ? nil : "+fine\r\n" })
        let redis = try Redis(Self.settings(server))
        #expect(await Self.error(redis, "BAD") == .disconnected("Redis closed the connection."))
        #expect(try await redis.command("GET", "a") == .status("fine"))
        #expect(server.received.text.withLock { $0.text.ranges(of: "BAD").count } == 1)
        try await server.stop()
    }

    @Test
    func `A server that takes the connection and says nothing is no server`() async throws {
        let server = try await FakeServer { _ in "" }
        let redis = try Redis(Self.settings(server))
        guard case .disconnected = await Self.error(redis, "PING") else {
            Issue.record("it was believed")
            return
        }
        try await server.stop()
    }

    @Test
    func `A command that is not answered times out, and those behind it know that they may have run`() async throws {
        let server = try await FakeServer(FakeServer.afterGreeting { _ in "" })
        let redis = try Redis(Self.settings(server))
        async let first = Self.error(redis, "GET", "a")
        async let second = Self.error(redis, "GET", "b")
        for error in [await first, await second] {
            switch error {
            case .timedOut, .disconnected: break
            default: Issue.record("\(String(describing: error))")
            }
        }
        try await server.stop()
    }

    @Test
    func `More than may wait is refused at once, and a cancelled command is not sent later`() async throws {
        let server = try await FakeServer { $0.contains("SETNAME") ? "" : "+fine\r\n" }
        var settings = Self.settings(server)
        settings.pendingCommands = 2
        let redis = try Redis(settings)
        let cancelled = Task { try await redis.command("CANCELLED") }
        let waiting = Task { await Self.error(redis, "WAITING") }
        while redis.core.waitingCount < 2 { await Task.yield() }
        #expect(await Self.error(redis, "THIRD") == .overloaded)
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        #expect(await waiting.value != nil)
        #expect(!server.received.text.withLock { $0.text.contains("CANCELLED") })
        try await server.stop()
    }

    @Test
    func `What many send in one turn goes out together, in order`() async throws {
        let server = try await FakeServer(
            FakeServer.afterGreeting { text in
                String(repeating: "+fine\r\n", count: text.ranges(of: "ECHO").count)
            }
        )
        let redis = try Redis(Self.settings(server))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<1000 { group.addTask { _ = try await redis.command("ECHO", RedisArgument(number)) } }
            try await group.waitForAll()
        }
        let (text, reads) = server.received.text.withLock { $0 }
        #expect(text.ranges(of: "ECHO").count == 1000)
        #expect(reads < 500)
        try await server.stop()
    }

    @Test(arguments: [["SUBSCRIBE", "a"], ["client", "REPLY", "OFF"], ["multi"], ["SELECT", "1"], [""], []])
    func `What would change the connection of all is refused`(parts: [String]) async throws {
        let redis = try Redis(url: "redis://127.0.0.1:1")
        let error = await #expect(throws: RedisError.self) { try await redis.command(parts.map { RedisArgument($0) }) }
        guard case .invalid = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test
    func `A closed client says so, and its copies too`() async throws {
        let redis = try Redis(url: "redis://127.0.0.1:1")
        redis.close()
        #expect(await Self.error(redis, "PING") == .closed)
        await #expect(throws: RedisError.closed) { try await redis.subscribe(to: "a") }
    }
}
#endif
