// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
import Testing

@testable import TandemRedis

@Suite("A Redis URL says where the server is and who asks")
struct RedisAddressTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let url: String
        let place: RedisAddress.Place
        var greeting: [[RedisArgument]] = []

        var testDescription: String { self.url }
    }

    @Test(arguments: [
        Case(url: "redis://localhost", place: .host("localhost", port: 6379)),
        Case(url: "redis://", place: .host("127.0.0.1", port: 6379)),
        Case(url: "REDIS://cache:7000/3", place: .host("cache", port: 7000), greeting: [["SELECT", "3"]]),
        Case(url: "redis://[::1]:7000/", place: .host("::1", port: 7000)),
        Case(url: "redis://[::1]", place: .host("::1", port: 6379)),
        Case(url: "redis://:secret@cache", place: .host("cache", port: 6379), greeting: [["AUTH", "secret"]]),
        Case(
            url: "redis://app:p%40ss%3Aw%C3%B6rd@cache/1",
            place: .host("cache", port: 6379),
            greeting: [["AUTH", "app", "p@ss:wörd"], ["SELECT", "1"]]
        ),
        Case(url: "redis://app:a@b@cache", place: .host("cache", port: 6379), greeting: [["AUTH", "app", "a@b"]]),
        Case(url: "redis+unix:///run/redis.sock", place: .unixSocket("/run/redis.sock")),
        Case(
            url: "unix://:secret@/run/redis%20socket?db=2",
            place: .unixSocket("/run/redis socket"),
            greeting: [["AUTH", "secret"], ["SELECT", "2"]]
        ),
    ])
    func `A good one is understood`(example: Case) throws {
        let address = try RedisAddress(url: example.url)
        #expect(address.place == example.place)
        #expect(address.greeting(clientName: "") == example.greeting)
    }

    @Test(arguments: [
        "", "cache:6379", "http://cache", "rediss://cache", "redis://cache:0", "redis://cache:66000", "redis://cache:x",
        "redis://cache/one", "redis://cache/-1", "redis://app@cache", "redis://:%zz@cache", "redis://:%+1@cache",
        "redis://:%ff@cache", "redis+unix://", "redis://[::1",
    ])
    func `A bad one is refused, and what may be a password is not told`(url: String) throws {
        let error = #expect(throws: RedisError.self) { try Redis(url: url) }
        guard case .invalid(let text) = error else { return #expect(error == .invalid("")) }
        #expect(!text.contains("cache") && !text.contains("zz"))
    }

    @Test
    func `Settings tell no password`() {
        let settings = RedisSettings(url: "redis://:secret@cache")
        #expect(!"\(settings)".contains("secret"))
        #expect(!String(reflecting: settings).contains("secret"))
    }
}
#endif
