// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis && os(Linux)
import TestServers
import Testing

@testable import TandemRedis

@Suite("A Redis that goes away is survived", .enabled(if: RedisServer.isInstalled, "needs Redis: Scripts/setup test"))
struct RedisOutageTests {
    private static func settings(_ server: RedisServer) -> RedisSettings {
        var settings = RedisSettings(url: server.url)
        settings.reconnectDelay = .milliseconds(5) ... .milliseconds(50)
        return settings
    }

    @Test
    func `Under load through a kill and a restart: each caller is told, and none is served another's answer`()
        async throws
    {
        let server = try RedisServer()
        let redis = try Redis(Self.settings(server))
        try await redis.ping()
        let (signals, signal) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<32 {
                group.addTask {
                    for turn in 0..<400 {
                        if caller == 0, turn == 100 { signal.finish() }
                        do {
                            let answer = try await redis.command("ECHO", "\(caller):\(turn)").text
                            #expect(answer == "\(caller):\(turn)")
                        } catch {
                            guard case RedisError.disconnected = error else {
                                Issue.record("\(error)")
                                continue
                            }
                        }
                    }
                }
            }
            for await _ in signals {}
            server.kill()
            try server.start()
            try await group.waitForAll()
        }
        try await redis.ping()
    }

    @Test
    func `What is asked while it is down waits until it is there, or until its time is over`() async throws {
        let server = try RedisServer()
        var settings = Self.settings(server)
        settings.timeout = .seconds(20)
        let (patient, hasty) = (
            try Redis(settings),
            try {
                settings.timeout = .milliseconds(100); return try Redis(settings)
            }()
        )
        try await patient.ping()
        server.kill()
        let waiting = Task { try await patient.set("a", to: "b") }
        let error = await #expect(throws: RedisError.self) { try await hasty.get("a") }
        guard case .disconnected(let reason) = error else { return #expect(error == .timedOut) }
        #expect(!reason.isEmpty)
        try server.start()
        // It may have been sent into the connection that broke.
        if (try? await waiting.value) == nil { try await patient.set("a", to: "b") }
        #expect(try await patient.get("a") == "b")
    }

    @Test
    func `One that stands still is given up, and found again when it goes on`() async throws {
        let server = try RedisServer()
        var settings = Self.settings(server)
        settings.timeout = .milliseconds(200)
        settings.connectTimeout = .milliseconds(200)
        let redis = try Redis(settings)
        try await redis.ping()
        server.pause(true)
        await #expect(throws: RedisError.timedOut) { try await redis.get("a") }
        server.pause(false)
        while (try? await redis.ping()) == nil {}
    }

    @Test
    func `Subscriptions come back after a kill, and say that something may be missing`() async throws {
        let server = try RedisServer()
        let redis = try Redis(Self.settings(server))
        var (channel, pattern) = (
            try await redis.subscribe(to: "news", "more").makeAsyncIterator(),
            try await redis.subscribe(toPatterns: "ne*").makeAsyncIterator()
        )
        #expect(try await redis.publish("one", to: "news") == 2)
        #expect(await channel.next()?.text == "one")
        let first = try #require(await pattern.next())
        #expect(first.pattern == "ne*" && first.channel == "news" && !first.followsGap)
        server.kill()
        try server.start()
        while (try? await redis.publish("two", to: "news")) ?? 0 < 2 {}
        let second = try #require(await channel.next())
        #expect(second.text == "two" && second.followsGap)
        #expect(await pattern.next()?.followsGap == true)
    }

    @Test
    func `A silent subscription notices a server that stands still`() async throws {
        let server = try RedisServer()
        var settings = Self.settings(server)
        settings.pingInterval = .milliseconds(50)
        settings.connectTimeout = .milliseconds(200)
        let redis = try Redis(settings)
        var messages = try await redis.subscribe(to: "a").makeAsyncIterator()
        server.pause(true)
        while try await redis.core.subscriptions.isConnected { await Task.yield() }
        server.pause(false)
        while (try? await redis.publish("x", to: "a")) ?? 0 < 1 {}
        #expect(await messages.next()?.followsGap == true)
    }
}
#endif
