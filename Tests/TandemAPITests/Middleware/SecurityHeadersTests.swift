// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import Testing

@Suite("Headers that make browsers careful")
struct SecurityHeadersTests {
    /// Each setting with its field and its default.
    private static let fields: [(any WritableKeyPath<SecurityHeaders.Settings, String?> & Sendable, String, String)] = [
        (
            \.contentSecurityPolicy, "content-security-policy",
            "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
        ),
        (\.contentTypeOptions, "x-content-type-options", "nosniff"),
        (\.frameOptions, "x-frame-options", "DENY"),
        (\.referrerPolicy, "referrer-policy", "same-origin"),
        (\.permissionsPolicy, "permissions-policy", "camera=(), geolocation=(), microphone=()"),
        (\.crossOriginOpenerPolicy, "cross-origin-opener-policy", "same-origin"),
        (\.crossOriginResourcePolicy, "cross-origin-resource-policy", "same-origin"),
        (\.strictTransportSecurity, "strict-transport-security", "max-age=31536000"),
    ]

    private static let secure = Request(.get, "/").from("192.0.2.1", isSecure: true)

    @Test("Each is there by default, can be set, left out, and set by the handler", arguments: 0..<fields.count)
    func each(index: Int) async throws {
        let (setting, name, value) = Self.fields[index]
        let standard = try await answer(Self.secure, behind: [SecurityHeaders()])
        #expect(standard.headers.all(name) == [value])

        var settings = SecurityHeaders.Settings()
        settings[keyPath: setting] = "other"
        let changed = try await answer(Self.secure, behind: [SecurityHeaders(settings)])
        #expect(changed.headers.all(name) == ["other"])

        settings[keyPath: setting] = nil
        let without = try await answer(Self.secure, behind: [SecurityHeaders(settings)])
        #expect(!without.headers.contains(name))

        let own = try await answer(Self.secure, behind: [SecurityHeaders()]) { _ in Response(headers: [name: "own"]) }
        #expect(own.headers.all(name) == ["own"])
        #expect(own.headers.count(where: { _ in true }) == Self.fields.count)
    }

    @Test("A connection that is not secure hears nothing of HSTS")
    func plain() async throws {
        let served = try await answer(Request(.get, "/"), behind: [SecurityHeaders()])
        #expect(!served.headers.contains("strict-transport-security"))
        #expect(served.headers["x-frame-options"] == "DENY")
    }

    @Test("Errors have them too, unless they have their own")
    func errors() async throws {
        let served = try await answer(Self.secure, behind: [SecurityHeaders()]) { _ in
            throw HTTPError(.notFound, headers: ["referrer-policy": "no-referrer"])
        }
        #expect(served.status == .notFound)
        #expect(served.headers.all("referrer-policy") == ["no-referrer"])
        #expect(served.headers.contains("strict-transport-security"))
    }
}
