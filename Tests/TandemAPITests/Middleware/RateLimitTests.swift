// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemAPI
import TandemHTTP
import Testing

@Suite("Rate limits")
struct RateLimitTests {
    private let clock = HandClock()

    private func limit(_ limit: Int, per window: Duration = .seconds(60), name: String = "default") -> RateLimit {
        RateLimit(limit, per: window, name: name, store: MemoryRateLimitStore(clock: self.clock))
    }

    /// A handler behind a limit, which answers at once or takes its time.
    private func handler(_ limit: RateLimit, atOnce: Bool) -> any Handler {
        let handler: any Handler =
            atOnce ? ImmediateHandler { _ in Response("Hello") } : ClosureHandler { _ in Response("Hello") }
        return handler.wrapped(in: [limit])
    }

    private static func request(_ address: String? = "192.0.2.1") -> Request { Request(.get, "/").from(address) }

    @Test("So many requests pass, and then one for each that comes back", arguments: [true, false])
    func passes(atOnce: Bool) async {
        let handler = self.handler(self.limit(3), atOnce: atOnce)
        func serve() async -> Served { await Served(of: handler, to: Self.request()) }

        for left in [("2", "20"), ("1", "40"), ("0", "20")] {
            let served = await serve()
            #expect(served.status == .ok)
            #expect(served.headers["ratelimit-policy"] == "\"default\";q=3;w=60")
            #expect(served.headers["ratelimit"] == "\"default\";r=\(left.0);t=\(left.1)")
            #expect(!served.headers.contains("retry-after"))
        }
        for _ in 0..<3 {
            let refused = await serve()
            #expect(refused.status == .tooManyRequests)
            #expect(refused.headers["retry-after"] == "20")
            #expect(refused.headers["ratelimit"] == "\"default\";r=0;t=20")
            #expect(refused.headers["ratelimit-policy"] == "\"default\";q=3;w=60")
            #expect(refused.text?.contains("\"code\":\"too-many-requests\"") == true)
        }
        self.clock.advance(by: .milliseconds(19_999))
        #expect(await serve().headers["retry-after"] == "1")
        self.clock.advance(by: .milliseconds(1))
        #expect(await serve().status == .ok)
        #expect(await serve().status == .tooManyRequests)
        self.clock.advance(by: .seconds(3600))
        #expect(await serve().headers["ratelimit"] == "\"default\";r=2;t=20")
    }

    @Test("A refusal asks nothing of the handler")
    func refuses() async {
        let calls = Mutex(0)
        let handler = ImmediateHandler { _ in
            calls.withLock { $0 += 1 }
            return Response()
        }.wrapped(in: [self.limit(1)])
        for _ in 0..<5 { _ = await Served(of: handler, to: Self.request()) }
        #expect(calls.withLock { $0 } == 1)
    }

    @Test("An error counts, and has the fields", arguments: [true, false])
    func errors(atOnce: Bool) async {
        let failing: any Handler =
            atOnce
            ? ImmediateHandler { _ in throw HTTPError(.notFound) } : ClosureHandler { _ in throw HTTPError(.notFound) }
        let handler = failing.wrapped(in: [self.limit(1)])
        let served = await Served(of: handler, to: Self.request())
        #expect(served.status == .notFound)
        #expect(served.headers["ratelimit"] == "\"default\";r=0;t=60")
        #expect(await Served(of: handler, to: Self.request()).status == .tooManyRequests)
    }

    @Test("Several limits each have their fields, and each its own count")
    func several() async {
        let store = MemoryRateLimitStore(clock: self.clock)
        let handler = self.handler(RateLimit(5, per: .seconds(1), name: "burst", store: store), atOnce: true)
            .wrapped(in: [RateLimit(9, per: .seconds(3600), name: "a \"day\"\u{0D}\u{0A}é", store: store)])
        let served = await Served(of: handler, to: Self.request())
        #expect(served.headers.all("ratelimit") == ["\"burst\";r=4;t=1", "\"a \\\"day\\\"\";r=8;t=400"])
        #expect(served.headers.all("ratelimit-policy") == ["\"burst\";q=5;w=1", "\"a \\\"day\\\"\";q=9;w=3600"])
    }

    @Test(
        "Clients are told apart by their address",
        arguments: [
            ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
            ("192.0.2.1", "::ffff:192.0.2.1", true),
            ("2001:db8::1", "2001:db8::ffff:1", true), ("2001:db8::1", "2001:db8:0:1::1", false), (nil, nil, true),
            (nil, "192.0.2.1", false), ("2001:db8::1", "2001:DB8:0::2", true),
        ] as [(String?, String?, Bool)]
    )
    func addresses(first: String?, second: String?, areOne: Bool) async {
        let handler = self.handler(self.limit(1), atOnce: true)
        #expect(await Served(of: handler, to: Self.request(first)).status == .ok)
        let status: Status = areOne ? .tooManyRequests : .ok
        #expect(await Served(of: handler, to: Self.request(second)).status == status)
    }

    @Test("Or by what is asked for, of whatever length", arguments: [true, false])
    func keys(atOnce: Bool) async {
        let limit = RateLimit(1, per: .seconds(60), store: MemoryRateLimitStore(clock: self.clock)) { request in
            request.headers["x-key"]
        }
        let handler = self.handler(limit, atOnce: atOnce)
        let long = String(repeating: "k", count: 20_000)
        for key in ["a", "b", long, long + "x", String(repeating: "k", count: 128)] {
            let request = Self.request().with("x-key", key)
            #expect(await Served(of: handler, to: request).status == .ok)
            #expect(await Served(of: handler, to: request).status == .tooManyRequests)
        }
        for _ in 0..<3 {
            let served = await Served(of: handler, to: Self.request())
            #expect(served.status == .ok)
            #expect(!served.headers.contains("ratelimit"))
        }
    }

    /// A store elsewhere, which keeps its keys to itself or fails.
    private final class Elsewhere: RateLimitStore {
        struct Unreachable: Error {}

        let keys = Mutex<[String]>([])
        let fails: Bool

        init(fails: Bool) { self.fails = fails }

        func take(from key: String, under policy: RateLimitPolicy) async throws -> RateLimitDecision {
            if self.fails { throw Unreachable() }
            self.keys.withLock { $0.append(key) }
            return RateLimitDecision(isAdmitted: key.hasSuffix("good"), remaining: 7, wait: .milliseconds(1500))
        }
    }

    @Test(
        "Another store decides, once for each request",
        arguments: [("good", 200), ("bad", 429)] as [(String, Status)]
    )
    func elsewhere(key: String, status: Status) async {
        let store = Elsewhere(fails: false)
        let limit = RateLimit(9, per: .seconds(60), name: "n", store: store) { _ in key }
        let served = await Served(of: self.handler(limit, atOnce: true), to: Self.request())
        #expect(served.status == status)
        #expect(served.headers["ratelimit"] == "\"n\";r=7;t=2")
        #expect(store.keys.withLock { $0 } == ["n:\(key)"])
    }

    @Test("A store that fails is an error, or lets all pass where that is set", arguments: [false, true])
    func failing(admits: Bool) async {
        let limit = RateLimit(1, per: .seconds(60), store: Elsewhere(fails: true), admitsWhenStoreFails: admits)
        let served = await Served(of: self.handler(limit, atOnce: true), to: Self.request())
        #expect(served.status == (admits ? .ok : .internalServerError))
        #expect(!served.headers.contains("ratelimit"))
    }
}
