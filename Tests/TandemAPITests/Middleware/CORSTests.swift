// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import Testing

@Suite("Cross-origin resource sharing")
struct CORSTests {
    private static let app = "https://app.example"

    private func settings(_ change: (inout CORS.Settings) -> Void) -> CORS.Settings {
        var settings = CORS.Settings()
        change(&settings)
        return settings
    }

    private static func preflight(_ origin: String, _ method: String = "PUT") -> Request {
        Request(.options, "/", headers: ["origin": origin, "access-control-request-method": method])
    }

    @Test(
        "An answer may be read by pages of the origins listed, and by no others",
        arguments: [
            (app, true), ("https://other.example:8443", true), ("https://evil.example", false), ("null", false),
            ("https://app.example.evil.example", false), ("http://app.example", false),
            ("https://app.example:444", false),
            ("https://app.example/", false), ("HTTPS://APP.EXAMPLE", false), ("*", false), ("", false),
            ("https://app.example, https://other.example:8443", false),
        ]
    )
    func listed(origin: String, isAllowed: Bool) async throws {
        let origins = ["https://App.Example:443/", "https://other.example:8443", "null"]
        let served = try await answer(
            Request(.get, "/", headers: ["origin": origin]),
            behind: [CORS(.listed(origins, credentials: true))]
        )
        #expect(served.text == "Hello")
        #expect(served.headers["access-control-allow-origin"] == (isAllowed ? origin : nil))
        #expect(served.headers["access-control-allow-credentials"] == (isAllowed ? "true" : nil))
        #expect(served.headers["vary"] == "origin")
    }

    @Test("Without credentials nothing is said of them, and caches are told where there is no origin too")
    func credentials() async throws {
        let cors = CORS(.listed([Self.app]))
        let served = try await answer(Request(.get, "/", headers: ["origin": Self.app]), behind: [cors])
        #expect(!served.headers.contains("access-control-allow-credentials"))
        let without = try await answer(Request(.get, "/"), behind: [cors]) { _ in
            Response(headers: ["vary": "Accept, Origin"])
        }
        #expect(without.headers == ["vary": "Accept, Origin"])
    }

    @Test("Any origin means any, never with credentials")
    func any() async throws {
        let served = try await answer(Request(.get, "/", headers: ["origin": "null"]), behind: [CORS(.any)])
        #expect(served.headers["access-control-allow-origin"] == "*")
        #expect(!served.headers.contains("access-control-allow-credentials"))
        #expect(!served.headers.contains("vary"))
        let without = try await answer(Request(.get, "/"), behind: [CORS(.any)])
        #expect(!without.headers.contains("access-control-allow-origin"))
    }

    @Test("Two origins are none")
    func twoOrigins() async throws {
        let request = Request(.get, "/").with("origin", Self.app, "https://evil.example")
        let served = try await answer(request, behind: [CORS(.listed([Self.app]))])
        #expect(!served.headers.contains("access-control-allow-origin"))
    }

    @Test("A preflight request is answered with 204 and what is allowed")
    func preflight() async throws {
        let served = try await answer(Self.preflight(Self.app), behind: [CORS(.listed([Self.app]))]) { _ in
            throw HTTPError(.internalServerError, "The handler was asked.")
        }
        #expect(served.status == .noContent)
        #expect(
            served.headers == [
                "vary": "origin",
                "access-control-allow-origin": Self.app,
                "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
                "access-control-allow-headers": "authorization, content-type",
                "access-control-max-age": "600",
            ]
        )
    }

    @Test("A preflight request of another origin is told nothing")
    func preflightRefused() async throws {
        let served = try await answer(
            Self.preflight("https://evil.example"),
            behind: [CORS(.listed([Self.app], credentials: true))]
        )
        #expect(served.status == .noContent)
        #expect(served.headers == ["vary": "origin"])
    }

    @Test("OPTIONS that is no preflight request goes on")
    func options() async throws {
        let served = try await answer(Request(.options, "/", headers: ["origin": Self.app]), behind: [CORS(.any)])
        #expect(served.status == .ok)
        #expect(served.headers["access-control-allow-origin"] == "*")
    }

    @Test("Methods, fields and ages are as they are set")
    func configured() async throws {
        let settings = self.settings {
            $0.methods = [.get, "REPORT"]
            $0.requestHeaders = ["x-a", "x-b"]
            $0.exposedHeaders = ["etag", "link"]
            $0.maxAge = .seconds(-5)
        }
        let cors = CORS(.listed([Self.app], credentials: true), settings)
        let preflight = try await answer(Self.preflight(Self.app), behind: [cors])
        #expect(preflight.headers["access-control-allow-methods"] == "GET, REPORT")
        #expect(preflight.headers["access-control-allow-headers"] == "x-a, x-b")
        #expect(preflight.headers["access-control-max-age"] == "0")
        #expect(preflight.headers["access-control-allow-credentials"] == "true")
        #expect(!preflight.headers.contains("access-control-expose-headers"))
        let served = try await answer(Request(.get, "/", headers: ["origin": Self.app]), behind: [cors])
        #expect(served.headers["access-control-expose-headers"] == "etag, link")
        #expect(!served.headers.contains("access-control-allow-methods"))
    }

    @Test(
        "All fields that a page asks for are allowed where that is set, if they are names",
        arguments: [
            ("X-A, x-b", "X-A, x-b"), ("", nil), ("x-a, x b", nil), ("x-a\u{0D}\u{0A}set-cookie: a=b", nil), ("ä", nil),
        ] as [(String, String?)]
    )
    func asked(names: String, allowed: String?) async throws {
        let request = Self.preflight(Self.app).with("access-control-request-headers", names)
        let served = try await answer(request, behind: [CORS(.any, self.settings { $0.requestHeaders = nil })])
        #expect(served.headers["access-control-allow-headers"] == allowed)
        #expect(served.headers["vary"] == (allowed == nil ? nil : "access-control-request-headers"))
    }

    @Test("A page may read errors, and a handler's own fields stay")
    func errorsAndOwn() async throws {
        let request = Request(.get, "/", headers: ["origin": Self.app])
        let failed = try await answer(request, behind: [CORS(.any)]) { _ in throw HTTPError(.notFound) }
        #expect(failed.status == .notFound)
        #expect(failed.headers["access-control-allow-origin"] == "*")
        let own = try await answer(request, behind: [CORS(.any)]) { _ in
            Response(headers: ["access-control-allow-origin": "https://one.example"])
        }
        #expect(own.headers == ["access-control-allow-origin": "https://one.example"])
    }
}
