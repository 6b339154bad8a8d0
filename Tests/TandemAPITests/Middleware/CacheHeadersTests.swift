// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import Testing

@Suite("Headers for caches")
struct CacheHeadersTests {
    @Test(
        "A value is written as caches read it",
        arguments: [
            (.noStore, "no-store"), (.noCache, "private, no-cache"),
            (.private(maxAge: .seconds(60)), "private, max-age=60"), (.public(maxAge: .zero), "public, max-age=0"),
            (.public(maxAge: .seconds(-9)), "public, max-age=0"), (CacheControl(rawValue: "max-age=1"), "max-age=1"),
            (
                .public(
                    maxAge: .milliseconds(1999),
                    sharedMaxAge: .seconds(2),
                    staleWhileRevalidate: .seconds(3),
                    isImmutable: true
                ),
                "public, max-age=1, s-maxage=2, stale-while-revalidate=3, immutable"
            ),
        ] as [(CacheControl, String)]
    )
    func values(control: CacheControl, value: String) {
        #expect(control.rawValue == value)
    }

    @Test("An answer has what is set, and nothing else")
    func added() async throws {
        let served = try await answer(Request(.get, "/"), behind: [CacheHeaders(.noCache)]) { _ in Response() }
        #expect(served.headers == ["cache-control": "private, no-cache"])
        let all = CacheHeaders(
            .public(maxAge: .seconds(60)),
            vary: ["accept-language", "origin"],
            expires: .seconds(60),
            now: { HTTPDate(secondsSince1970: 784_111_717) }
        )
        let full = try await answer(Request(.head, "/"), behind: [all]) { _ in Response(headers: ["vary": "Origin"]) }
        #expect(
            full.headers == [
                "vary": "Origin", "vary": "accept-language", "cache-control": "public, max-age=60",
                "expires": "Sun, 06 Nov 1994 08:49:37 GMT",
            ]
        )
    }

    @Test("A handler's own stays")
    func own() async throws {
        let served = try await answer(Request(.get, "/"), behind: [CacheHeaders(.noStore, expires: .zero)]) { _ in
            Response(headers: ["cache-control": "public"])
        }
        #expect(served.headers == ["cache-control": "public"])
        let expires = CacheHeaders(.noStore, expires: .seconds(1))
        let dated = try await answer(Request(.get, "/"), behind: [expires]) { _ in Response(headers: ["expires": "0"]) }
        #expect(dated.headers.all("expires") == ["0"])
    }

    @Test("A cookie is kept by no cache")
    func cookies() async throws {
        let open = CacheHeaders(.public(maxAge: .seconds(60)), expires: .seconds(60))
        let served = try await answer(Request(.get, "/"), behind: [open]) { _ in
            Response(headers: ["set-cookie": "a=b"])
        }
        #expect(served.headers == ["set-cookie": "a=b", "cache-control": "no-store"])
    }

    @Test(
        "Other methods and errors are left alone",
        arguments: [(Method.post, Status.ok), (.get, .notFound), (.get, 500)]
    )
    func untouched(method: Method, status: Status) async throws {
        let caches = CacheHeaders(.public(maxAge: .seconds(60)), vary: ["accept"])
        let served = try await answer(Request(method, "/"), behind: [caches]) { _ in Response(status: status) }
        #expect(served.headers.isEmpty)
        let thrown = try await answer(Request(method, "/"), behind: [caches]) { _ in throw HTTPError(.conflict) }
        #expect(!thrown.headers.contains("cache-control"))
    }
}
