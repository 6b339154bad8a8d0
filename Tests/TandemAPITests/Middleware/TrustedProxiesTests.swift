// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import TandemAPI
import TandemHTTP
import Testing

@Suite("Trusted proxies")
struct TrustedProxiesTests {
    private static let networks = ["10.0.0.0/8", "fd00::/8", "192.0.2.7"]

    /// What a handler sees of the client behind `TrustedProxies`.
    private func seen(
        _ request: Request,
        _ change: (inout TrustedProxies.Settings) -> Void = { _ in }
    ) async throws -> String? {
        var settings = TrustedProxies.Settings()
        change(&settings)
        let proxies = try TrustedProxies(Self.networks, settings)
        return try await answer(request, behind: [proxies]) { request in
            let connection = request.connection
            let scheme = connection.isSecure ? "https" : "http"
            let fields = request.headers.map(\.name).joined(separator: " ")
            return Response("\(connection.remoteAddress ?? "-") \(scheme) \(request.authority ?? "-") [\(fields)]")
        }.text
    }

    @Test(
        "The client is the right-most address that is no proxy's",
        arguments: [
            (["203.0.113.9"], "203.0.113.9"), (["1.1.1.1, 203.0.113.9"], "203.0.113.9"),
            (["203.0.113.9, 10.1.1.1, fd00::1"], "203.0.113.9"), (["1.1.1.1", "203.0.113.9, 10.1.1.1"], "203.0.113.9"),
            (["10.2.2.2, 10.1.1.1"], "10.2.2.2"), (["192.0.2.7"], "192.0.2.7"),
            (["203.0.113.9:51000"], "203.0.113.9"), (["[2001:DB8::1]:443"], "2001:db8::1"),
            (["2001:db8::1"], "2001:db8::1"),
            (["::ffff:203.0.113.9"], "203.0.113.9"), (["evil, 203.0.113.9"], "203.0.113.9"),
            (["203.0.113.9, evil"], "-"), (["203.0.113.9, unknown, 10.1.1.1"], "-"), (["203.0.113.9, [::1"], "-"),
            (["\"1.1.1.1, 203.0.113.9"], "203.0.113.9"), (["1.1.1.1\", \"203.0.113.9"], "-"),
            ([",,203.0.113.9,,"], "203.0.113.9"), ([""], "10.9.9.9"), ([","], "10.9.9.9"),
            ([String(repeating: "1.1.1.1,", count: 4000) + "203.0.113.9"], "203.0.113.9"),
        ]
    )
    func client(values: [String], client: String) async throws {
        var request = Request(.get, "/").from("10.9.9.9")
        for value in values { request.headers.add("x-forwarded-for", value) }
        let seen = try #require(try await self.seen(request))
        #expect(seen.hasPrefix("\(client) http - "))
    }

    @Test(
        "A peer that is no proxy is not believed, and its fields are gone",
        arguments: ["203.0.113.9", "2001:db8::1"]
    )
    func stranger(peer: String) async throws {
        let request = Request(.get, "/").from(peer)
            .with("x-forwarded-for", "1.1.1.1").with("x-forwarded-proto", "https").with(
                "x-forwarded-host",
                "evil.example"
            )
            .with("forwarded", "for=1.1.1.1;proto=https").with("host", "app.example")
        #expect(try await self.seen(request) { $0.trustsHost = true } == "\(peer) http app.example [host]")
        #expect(try await self.seen(request) { $0.fields = .forwarded } == "\(peer) http app.example [host]")
        let plain = Request(.get, "/", headers: ["host": "app.example"]).from(peer, isSecure: true)
        #expect(try await self.seen(plain) == "\(peer) https app.example [host]")
    }

    @Test("A Unix socket's client is a proxy only where that is set")
    func unixSocket() async throws {
        let request = Request(.get, "/").from(nil).with("x-forwarded-for", "203.0.113.9")
        #expect(try await self.seen(request) == "- http - []")
        #expect(try await self.seen(request) { $0.trustsUnixSockets = true } == "203.0.113.9 http - [x-forwarded-for]")
        let nonsense = Request(.get, "/").from("nonsense").with("x-forwarded-for", "203.0.113.9")
        #expect(try await self.seen(nonsense) { $0.trustsUnixSockets = true } == "nonsense http - []")
    }

    @Test(
        "The scheme is what the client's proxy says",
        arguments: [
            ("203.0.113.9", "https", true), ("203.0.113.9", "HTTPS", true), ("203.0.113.9", "http", false),
            ("203.0.113.9", "gopher", false), ("203.0.113.9", "", false), ("203.0.113.9", "http, https", true),
            ("203.0.113.9", "https, http", false), ("203.0.113.9, 10.1.1.1", "https, http", true),
            ("203.0.113.9, 10.1.1.1", "https", true), ("203.0.113.9, 10.1.1.1", "https, http, http", false),
            ("", "https", true),
        ]
    )
    func scheme(clients: String, schemes: String, isSecure: Bool) async throws {
        let request = Request(.get, "/").from("10.9.9.9")
            .with("x-forwarded-for", clients).with("x-forwarded-proto", schemes)
        let seen = try #require(try await self.seen(request))
        #expect(seen.contains(isSecure ? " https " : " http "))
    }

    @Test("What is not understood of the scheme leaves it as it is")
    func schemeStays() async throws {
        let request = Request(.get, "/").from("10.9.9.9", isSecure: true).with("x-forwarded-proto", "gopher")
        #expect(try await self.seen(request)?.hasPrefix("10.9.9.9 https") == true)
        let plain = Request(.get, "/").from("10.9.9.9", isSecure: true).with("x-forwarded-proto", "http")
        #expect(try await self.seen(plain)?.hasPrefix("10.9.9.9 http ") == true)
    }

    @Test(
        "The host is taken where that is set, and it is one",
        arguments: [
            ("app.example", "app.example"), ("app.example:8443", "app.example:8443"), ("[::1]:80", "[::1]:80"),
            ("evil.example, app.example", "app.example"), ("", "inner"), (":80", "inner"), ("a b", "inner"),
            ("a/b", "inner"), ("user@a", "inner"), ("a:b", "inner"), ("ä", "inner"),
        ]
    )
    func host(hosts: String, host: String) async throws {
        let request = Request(.get, "/").from("10.9.9.9").with("host", "inner")
            .with("x-forwarded-for", "203.0.113.9").with("x-forwarded-host", hosts)
        #expect(try await self.seen(request) { $0.trustsHost = true }?.contains(" \(host) ") == true)
        #expect(try await self.seen(request) == "203.0.113.9 http inner [host x-forwarded-for]")
    }

    @Test(
        "Forwarded is read as RFC 7239 writes it",
        arguments: [
            (["for=203.0.113.9;proto=https;host=app.example;by=10.1.1.1"], "203.0.113.9 https app.example"),
            (["For=\"[2001:db8:cafe::17]:4711\"; Proto=HTTPS"], "2001:db8:cafe::17 https inner"),
            (["for=1.1.1.1, for=203.0.113.9;proto=http"], "203.0.113.9 http inner"),
            (["for=203.0.113.9;proto=https", "for=10.1.1.1;proto=http"], "203.0.113.9 https inner"),
            (["for=_hidden"], "- http inner"), (["for=unknown;proto=https"], "- https inner"),
            (["proto=https"], "- https inner"), (["for=203.0.113.9, by=10.1.1.1"], "- http inner"),
            (["for=\"1.1.1.1, for=203.0.113.9"], "203.0.113.9 http inner"),
            (["for=\"a\\, for=\"[2001:db8::1]\""], "2001:db8::1 http inner"),
            (["for=1.1.1.1;host=\"evil, for=\"203.0.113.9\";host=app.example"], "203.0.113.9 http app.example"),
            ([""], "10.9.9.9 http inner"), (["=;;=,"], "- http inner"), (["for"], "- http inner"),
        ]
    )
    func forwarded(values: [String], seen: String) async throws {
        var request = Request(.get, "/").from("10.9.9.9").with("host", "inner").with("x-forwarded-for", "1.2.3.4")
        for value in values { request.headers.add("forwarded", value) }
        let result = try await self.seen(request) {
            $0.fields = .forwarded
            $0.trustsHost = true
        }
        #expect(result?.hasPrefix("\(seen) [host forwarded") == true)
    }

    @Test(
        "Whatever a client sends first, what its proxy adds is what counts",
        arguments: ["x-forwarded-for", "forwarded"]
    )
    func prefixes(name: String) async throws {
        var settings = TrustedProxies.Settings()
        settings.fields = name == "forwarded" ? .forwarded : .xForwarded
        let handler = ImmediateHandler { Response($0.connection.remoteAddress ?? "-") }
            .wrapped(in: [try TrustedProxies(Self.networks, settings)])
        let added = name == "forwarded" ? "for=\"[2001:db8::9]:1\"" : "2001:db8::9"
        let parts = ["\"", "\\", ",", ";", "=", "for", "1.1.1.1", "[", "]", ":", " ", "proto", "10.1.1.1", "ä", "_a"]
        var random = SeededGenerator(seed: 3)
        for _ in 0..<3000 {
            let sent = (0..<Int.random(in: 0...9, using: &random)).compactMap { _ in parts.randomElement(using: &random)
            }
            let request = Request(.get, "/").from("10.9.9.9").with(name, "\(sent.joined()), \(added)")
            let served = await Served(of: handler, to: request)
            #expect(served.text == "2001:db8::9", "after \(sent.joined())")
        }
    }

    @Test("What follows acts on the client")
    func following() async throws {
        let layers: [any Middleware] = [
            try TrustedProxies(["10.0.0.0/8"]), SecurityHeaders(), RateLimit(1, per: .seconds(60)),
        ]
        let handler = ImmediateHandler { _ in Response("Hello") }.wrapped(in: layers)
        func serve(_ client: String) async -> Served {
            let request = Request(.get, "/").from("10.9.9.9")
                .with("x-forwarded-for", client).with("x-forwarded-proto", "https")
            return await Served(of: handler, to: request)
        }
        #expect(await serve("203.0.113.9").headers.contains("strict-transport-security"))
        #expect(await serve("203.0.113.8").status == .ok)
        #expect(await serve("1.1.1.1, 203.0.113.9").status == .tooManyRequests)
    }

    @Test("A network that is none is an error that says so", arguments: ["10.0.0.0/33", "proxy.example", ""])
    func malformed(text: String) {
        #expect {
            try TrustedProxies(["10.0.0.0/8", text])
        } throws: {
            ($0 as? MalformedNetworkError)?.text == text && "\($0)".contains("`\(text)` is no network")
        }
    }
}
