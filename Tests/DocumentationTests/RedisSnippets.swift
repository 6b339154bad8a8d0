// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis && PostgreSQL
import TandemData
import TandemRealtime
import TandemRedis
import Testing

@Suite("Guide: Redis")
struct RedisSnippets {
    // snippet: redis
    func greet(_ redis: Redis) async throws -> String? {
        try await redis.set("greeting", to: "hello", expiring: .seconds(60))
        try await redis.increment("visits")
        let kind = try await redis.command("OBJECT", "ENCODING", "greeting")
        return kind.isNull ? nil : try await redis.get("greeting")
    }
    // end

    // snippet: redis-messages
    func listen(_ redis: Redis) async throws {
        for await message in try await redis.subscribe(toPatterns: "orders.*") {
            if message.followsGap { print("some may be lost before this one") }
            print(message.channel, message.text)
        }
    }
    // end

    // snippet: redis-adapter
    func rooms(_ redis: Redis, _ database: Database) -> [SocketIOServer] {
        [
            SocketIOServer { RedisAdapter($0, redis) },
            SocketIOServer { PostgreSQLAdapter($0, database) },
        ]
    }
    // end

    @Test
    func `A client needs no server until it is used`() throws {
        _ = self.rooms(try Redis(url: "redis://127.0.0.1:1"), try Database(url: "postgres://app@127.0.0.1:1/app"))
    }
}
#endif
