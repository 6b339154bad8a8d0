// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis && os(Linux)
import TestServers
import Testing

@testable import TandemRedis

@Suite("Commands on a real server", .enabled(if: RedisServer.isInstalled, "needs Redis: Scripts/setup test"))
struct RedisCommandTests {
    private let redis: Redis
    private let key: String

    init() throws {
        self.redis = try Redis(url: try #require(RedisServer.shared).url)
        self.key = "test:\(UInt64.random(in: 0 ... .max)):"
    }

    @Test
    func `Texts, bytes, numbers, and what is not there`() async throws {
        let key = self.key + "a"
        #expect(try await self.redis.get(key) == nil)
        #expect(try await self.redis.set(key, to: "Grüße\r\n$5\r\n"))
        #expect(try await self.redis.get(key) == "Grüße\r\n$5\r\n")
        let bytes = (0...255).map { UInt8($0) }
        try await self.redis.set(key, to: RedisArgument(bytes))
        #expect(try await self.redis.bytes(key) == bytes)
        #expect(try await self.redis.increment(key + "n", by: -3) == -3)
        #expect(try await self.redis.get([key + "n", key + "none"]) == ["-3", nil])
        #expect(try await self.redis.exists(key))
        #expect(try await self.redis.delete(key, key + "n", key + "none") == 2)
    }

    @Test
    func `Conditions and expiry`() async throws {
        let key = self.key + "b"
        #expect(try await !self.redis.set(key, to: "1", .ifPresent))
        #expect(try await self.redis.set(key, to: "1", expiring: .seconds(100), .ifAbsent))
        #expect(try await !self.redis.set(key, to: "2", .ifAbsent))
        #expect(try await #require(self.redis.timeToLive(key)) > .seconds(90))
        #expect(try await self.redis.persist(key))
        #expect(try await self.redis.timeToLive(key) == nil)
        #expect(try await self.redis.expire(key, after: .milliseconds(1)))
        while try await self.redis.exists(key) {}
        #expect(try await !self.redis.expire(key, after: .seconds(1)))
    }

    @Test
    func `Hashes, lists and sets`() async throws {
        let key = self.key + "c"
        #expect(try await self.redis.hashSet(key, ["a": "1", "b": 2]) == 2)
        #expect(try await self.redis.hashIncrement(key, "b", by: 5) == 7)
        #expect(try await self.redis.hashGetAll(key) == ["a": "1", "b": "7"])
        #expect(try await self.redis.hashGet(key, "c") == nil)
        #expect(try await self.redis.hashDelete(key, "a", "c") == 1)
        #expect(try await self.redis.push("1", 2, "3", to: key + "l") == 3)
        #expect(try await self.redis.push("0", to: key + "l", at: .left) == 4)
        #expect(try await self.redis.list(key + "l") == ["0", "1", "2", "3"])
        #expect(try await self.redis.pop(key + "l", at: .right) == "3")
        try await self.redis.trim(key + "l", from: 1, through: -1)
        #expect(try await self.redis.pop(key + "l") == "1")
        #expect(try await self.redis.listCount(key + "l") == 1)
        #expect(try await self.redis.pop(key + "none") == nil)
        #expect(try await self.redis.setAdd(key + "s", "a", "b", "a") == 2)
        #expect(try await self.redis.setMembers(key + "s") == ["a", "b"])
        #expect(try await self.redis.setContains(key + "s", "a"))
        #expect(try await self.redis.setRemove(key + "s", "a", "z") == 1)
        #expect(try await self.redis.setCount(key + "s") == 1)
    }

    @Test
    func `Sorted sets and streams`() async throws {
        let key = self.key + "d"
        #expect(try await self.redis.sortedAdd(key, ["a": 1.5, "b": -.infinity, "c": 3]) == 3)
        #expect(try await self.redis.sorted(key).map(\.member) == ["b", "a", "c"])
        #expect(try await self.redis.sorted(key, from: 0, through: 0, reversed: true).map(\.score) == [3])
        #expect(try await self.redis.sorted(key, scores: -1...2).map(\.member) == ["a"])
        #expect(try await self.redis.sortedIncrement(key, "a", by: 0.25) == 1.75)
        #expect(try await self.redis.sortedScore(key, "b") == -.infinity)
        #expect(try await self.redis.sortedScore(key, "z") == nil)
        #expect(try await self.redis.sortedRemove(key, "b", "z") == 1)
        #expect(try await self.redis.sortedCount(key) == 2)
        let id = try await self.redis.streamAdd(key + "s", ["kind": "a", "size": 3], keeping: 100)
        try await self.redis.streamAdd(key + "s", ["kind": "b"])
        #expect(try await self.redis.stream(key + "s").map { $0["kind"] } == ["a", "b"])
        #expect(try await self.redis.stream(key + "s", from: "(" + id, limit: 5).map { $0["kind"] } == ["b"])
        #expect(try await self.redis.streamCount(key + "s") == 2)
    }

    @Test
    func `Scripts, transactions and scans`() async throws {
        let key = self.key + "e"
        let script = "redis.call('SET', KEYS[1], ARGV[1]) return {ARGV[1], 2, {3, false}}"
        #expect(
            try await self.redis.evaluate(script, keys: [key], ["one"])
                == .array([.bytes(Array("one".utf8)), .integer(2), .array([.integer(3), .null])])
        )
        let answers = try await self.redis.transaction([
            ["INCR", "\(key)n"], ["LPUSH", "\(key)", "x"], ["INCR", "\(key)n"],
        ])
        #expect(answers.map(\.integer) == [1, nil, 2])
        guard case .error(let text) = answers[1] else { return #expect(answers[1] == .error("")) }
        #expect(text.hasPrefix("WRONGTYPE"))
        await #expect(throws: RedisError.self) {
            try await self.redis.transaction([["SET", "\(key)"], ["INCR", "\(key)n"]])
        }
        #expect(try await self.redis.get(key + "n") == "2")
        for number in 0..<250 { try await self.redis.set("\(key)scan:\(number)", to: "x") }
        var found: Set<String> = []
        for try await name in self.redis.scan(key + "scan:*", count: 20) { found.insert(name) }
        #expect(found.count == 250)
    }

    @Test
    func `An error says what Redis said, and an answer of another type is told`() async throws {
        let key = self.key + "f"
        try await self.redis.push("1", to: key)
        await #expect(throws: RedisError.refused("WRONGTYPE Operation against a key holding the wrong kind of value")) {
            try await self.redis.get(key)
        }
        #expect(throws: RedisError.unexpected("nothing for HGETALL")) {
            try RedisValue.null.values(of: "HGETALL")
        }
    }

    @Test
    func `Values of many megabytes`() async throws {
        let value = [UInt8]((0..<20_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try await self.redis.set(self.key + "big", to: RedisArgument(value))
        #expect(try await self.redis.bytes(self.key + "big") == value)
        try await self.redis.delete(self.key + "big")
    }

    @Test
    func `Each of many callers gets its own answers, in its order`() async throws {
        let (redis, key) = (self.redis, self.key + "g")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<100 {
                group.addTask {
                    for turn in 1...30 {
                        let count = try await redis.increment("\(key)\(caller)")
                        let echo = try await redis.command("ECHO", "\(caller):\(turn)").text
                        #expect(count == turn)
                        #expect(echo == "\(caller):\(turn)")
                    }
                }
            }
            for caller in 0..<20 {
                group.addTask {
                    let cancelled = Task { try await redis.command("ECHO", "cancelled \(caller)") }
                    cancelled.cancel()
                    _ = await cancelled.result
                }
            }
            try await group.waitForAll()
        }
    }

    @Test
    func `Through a Unix socket, into another database`() async throws {
        let server = try #require(RedisServer.shared)
        let other = try Redis(url: server.socketURL + "?db=3")
        try await other.set(self.key, to: "here")
        #expect(try await other.get(self.key) == "here")
        #expect(try await self.redis.get(self.key) == nil)
        #expect(try await other.command("CLIENT", "GETNAME").text == "tandem")
    }

    @Test
    func `A password, a user, and neither`() async throws {
        let server = try RedisServer(["--requirepass", "se:cret", "--user", "app", "on", ">p@ss", "~*", "&*", "+@all"])
        let host = "127.0.0.1:\(server.port)"
        for credentials in [":se%3Acret", "app:p%40ss", "default:se%3Acret"] {
            try await Redis(url: "redis://\(credentials)@\(host)/1").ping()
        }
        for credentials in ["", ":wrong@", "app:wrong@", "nobody:p@"] {
            let redis = try Redis(url: "redis://\(credentials)\(host)")
            let error = await #expect(throws: RedisError.self) { try await redis.ping() }
            guard case .refused = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            await #expect(throws: RedisError.self) { try await redis.subscribe(to: "a") }
        }
    }
}
#endif
