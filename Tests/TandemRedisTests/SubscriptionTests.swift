// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis && os(Linux)
import TestServers
import Testing

@testable import TandemRedis

@Suite("Messages of a real server", .enabled(if: RedisServer.isInstalled, "needs Redis: Scripts/setup test"))
struct SubscriptionTests {
    private let redis: Redis
    private let channel: String

    init() throws {
        self.redis = try Redis(url: try #require(RedisServer.shared).url)
        self.channel = "test:\(UInt64.random(in: 0 ... .max))"
    }

    @Test
    func `A thousand messages come in order, to each who listens`() async throws {
        let readers = [
            try await self.redis.subscribe(to: self.channel), try await self.redis.subscribe(to: self.channel),
        ]
        for number in 0..<1000 { self.redis.post(["PUBLISH", "\(self.channel)", RedisArgument(number)]) }
        for reader in readers {
            var number = 0
            for await message in reader {
                #expect(message.text == "\(number)" && !message.followsGap)
                number += 1
                if number == 1000 { break }
            }
        }
    }

    @Test
    func `Bytes come as they are`() async throws {
        var messages = try await self.redis.subscribe(to: self.channel).makeAsyncIterator()
        let payload = (0...255).map { UInt8($0) }
        try await self.redis.publish(RedisArgument(payload), to: self.channel)
        #expect(await messages.next()?.payload == payload)
    }

    @Test
    func `Who stops reading unsubscribes, and the others hear on`() async throws {
        let staying = try await self.redis.subscribe(to: self.channel)
        do {
            let leaving = Task { [redis, channel] in
                for await _ in try await redis.subscribe(to: channel, channel + "x") {}
            }
            while try await self.redis.publish("a", to: self.channel + "x") == 0 {}
            leaving.cancel()
        }
        while try await self.redis.publish("a", to: self.channel + "x") > 0 {}
        try await self.redis.publish("last", to: self.channel)
        for await message in staying where message.text == "last" { break }
    }

    @Test
    func `A reader that is too slow loses what is too much, and is told`() async throws {
        var settings = RedisSettings(url: try #require(RedisServer.shared).url)
        settings.waitingMessages = 10
        let slow = try Redis(settings)
        var messages = try await slow.subscribe(to: self.channel).makeAsyncIterator()
        for number in 0..<50 { try await self.redis.publish("\(number)", to: self.channel) }
        // Answered behind the messages.
        _ = try await slow.subscribe(to: self.channel + "x")
        for number in 0..<10 { #expect(await messages.next()?.text == "\(number)") }
        try await self.redis.publish("after", to: self.channel)
        let after = try #require(await messages.next())
        #expect(after.text == "after" && after.followsGap)
    }

    @Test
    func `Subscribing and leaving again and again ends with what was asked for last`() async throws {
        for _ in 0..<50 {
            let messages = try await self.redis.subscribe(to: self.channel)
            #expect(try await self.redis.publish("x", to: self.channel) == 1)
            var iterator = messages.makeAsyncIterator()
            #expect(await iterator.next()?.text == "x")
        }
    }
}
#endif
