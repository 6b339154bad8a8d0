// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import Testing

@Suite("Middleware of TandemAPI")
struct MiddlewareSettingsSnippets {
    // snippet: stack
    func guarded(_ routes: any Handler) throws -> any Handler {
        try routes.wrapped(in: [
            TrustedProxies(["10.0.0.0/8"]),
            RequestID(),
            SecurityHeaders(),
            CORS(.listed(["https://app.example"], credentials: true)),
            RateLimit(100, per: .seconds(60)),
            Timeout(.seconds(10)),
            Decompression(),
            Compression(),
            ETags(),
        ])
    }
    // end

    @Test("All of them together answer at once")
    func stack() throws {
        let handler = try self.guarded(ImmediateHandler { _ in Response("Hello") })
        let request = Request(.get, "/", headers: ["origin": "https://app.example"])
        let response = try #require(try handler.respondImmediately(to: request))
        for name in ["x-request-id", "x-content-type-options", "access-control-allow-origin", "ratelimit", "etag"] {
            #expect(response.headers.contains(name), "\(name) is missing")
        }
    }

    // snippet: security-headers
    func embeddable() -> SecurityHeaders {
        var settings = SecurityHeaders.Settings()
        settings.contentSecurityPolicy = "default-src 'self'; frame-ancestors https://partner.example"
        settings.frameOptions = nil
        return SecurityHeaders(settings)
    }
    // end

    // snippet: rate-limit
    func signInLimit() -> RateLimit {
        RateLimit(5, per: .seconds(60), name: "sign-in") { request in
            request.queryItems["account"]
        }
    }
    // end

    // snippet: cache-headers
    func catalogue() -> CacheHeaders {
        CacheHeaders(.public(maxAge: .seconds(60)), vary: ["accept-language"])
    }
    // end

    @Test("The settings do what they say")
    func settings() async throws {
        let handler = ImmediateHandler { _ in Response("Hello") }
            .wrapped(in: [self.embeddable(), self.signInLimit(), self.catalogue()])
        let headers = try await handler.respond(to: Request(.get, "/?account=ada")).headers
        #expect(headers["content-security-policy"]?.contains("partner.example") == true)
        #expect(!headers.contains("x-frame-options"))
        #expect(headers["ratelimit"]?.hasPrefix("\"sign-in\";r=4") == true)
        #expect(headers["cache-control"] == "public, max-age=60")
    }
}
