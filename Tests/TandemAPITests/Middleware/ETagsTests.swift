// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import Testing

@Suite("Entity tags and conditions")
struct ETagsTests {
    private static let tag = "\"\(Bytes("Hello").digest)\""
    private static let date = "Sun, 06 Nov 1994 08:49:37 GMT"

    private func answer(
        _ method: Method = .get,
        _ headers: Headers = [:],
        _ response: Response = Response("Hello"),
        sizeLimit: Int? = nil
    ) async throws -> Served {
        let tags = sizeLimit.map { ETags(sizeLimit: $0) } ?? ETags()
        return try await TandemAPITests.answer(Request(method, "/", headers: headers), behind: [tags]) { _ in response }
    }

    @Test("An answer has a strong tag, that of its bytes", arguments: [Method.get, .head])
    func tagged(method: Method) async throws {
        let served = try await self.answer(method)
        #expect(served.headers.all("etag") == [Self.tag])
        #expect(served.text == "Hello")
        #expect(try await self.answer(method, [:], Response("Hello!")).headers["etag"] != Self.tag)
    }

    @Test(
        "Conditions are answered",
        arguments: [
            ("if-none-match", tag, 304), ("if-none-match", "W/\(tag)", 304), ("if-none-match", "\"x\", \(tag)", 304),
            ("if-none-match", "*", 304), ("if-none-match", "\"x\"", 200), ("if-none-match", "", 200),
            ("if-none-match", "\"", 200), ("if-none-match", String(repeating: "\"x\",", count: 5000), 200),
            ("if-match", tag, 200), ("if-match", "*", 200), ("if-match", "\"x\"", 412), ("if-match", "W/\(tag)", 412),
            ("if-modified-since", date, 304), ("if-modified-since", "Sun, 06 Nov 1994 08:49:36 GMT", 200),
            ("if-unmodified-since", date, 200), ("if-unmodified-since", "Sun, 06 Nov 1994 08:49:36 GMT", 412),
            ("if-modified-since", "yesterday", 200),
        ] as [(String, String, Status)]
    )
    func conditions(name: String, value: String, status: Status) async throws {
        var response = Response("Hello")
        response.headers.add("last-modified", Self.date)
        let served = try await self.answer(.get, [name: value], response)
        #expect(served.status == status)
        if status == .preconditionFailed { #expect(served.text?.contains("precondition-failed") == true) }
    }

    @Test("A 304 has the fields that guide caches, and none of content")
    func notModified() async throws {
        var response = Response("Hello")
        for name in ["cache-control", "vary", "set-cookie", "content-language", "content-length"] {
            response.headers.add(name, "1")
        }
        let served = try await self.answer(.get, ["if-none-match": Self.tag], response)
        #expect(served.status == .notModified)
        #expect(served.text == nil)
        #expect(served.headers == ["cache-control": "1", "vary": "1", "set-cookie": "1", "etag": Self.tag])
    }

    @Test("A handler's own tag holds, also a weak one and that of a stream")
    func own() async throws {
        let stream = Response(headers: ["etag": "W/\"7\""], body: .stream(BodyStream { _ in }))
        #expect(try await self.answer(.get, ["if-none-match": "\"7\""], stream).status == .notModified)
        #expect(try await self.answer(.get, ["if-none-match": "\"8\""], stream).status == .ok)
        #expect(try await self.answer(.get, ["if-match": "W/\"7\""], stream).status == .preconditionFailed)
    }

    @Test("What has no tag is let alone")
    func untagged() async throws {
        let responses = [
            Response("Hello", status: .created), Response(status: .noContent), Response(), Response(""),
            Response(headers: ["cache-control": "private, No-Store"], body: .bytes("Hello")),
            Response(contentType: "text/plain") { _ in },
        ]
        for response in responses {
            let served = try await self.answer(.get, ["if-none-match": Self.tag], response)
            #expect(served == Served(response))
        }
        for method in [Method.post, .put, .patch, .delete, .options] {
            let served = try await self.answer(method, ["if-match": "\"x\"", "if-none-match": "*"])
            #expect(served == Served(Response("Hello")))
        }
    }

    @Test("A body beyond the limit gets no tag", arguments: [(4, false), (5, true)])
    func large(limit: Int, isTagged: Bool) async throws {
        #expect(try await self.answer(sizeLimit: limit).headers.contains("etag") == isTagged)
        let usual = Response(Bytes(String(repeating: "x", count: 256 * 1024)), contentType: "text/plain")
        #expect(try await self.answer(.get, [:], usual).headers.contains("etag"))
        let larger = Response(Bytes(String(repeating: "x", count: 256 * 1024 + 1)), contentType: "text/plain")
        #expect(try await !self.answer(.get, [:], larger).headers.contains("etag"))
    }

    @Test("Behind compression the tag is weak, and a client that has the packed answer is told so")
    func compressed() async throws {
        let layers: [any Middleware] = [Compression(), ETags()]
        let long: @Sendable (Request) -> Response = { _ in Response(String(repeating: "long ", count: 1000)) }
        let request = Request(.get, "/", headers: ["accept-encoding": "gzip"])
        let served = try await TandemAPITests.answer(request, behind: layers, long)
        let tag = try #require(served.headers["etag"])
        #expect(tag.hasPrefix("W/\""))
        let again = try await TandemAPITests.answer(request.with("if-none-match", tag), behind: layers, long)
        #expect(again.status == .notModified)
        #expect(again.headers["etag"] == tag)
    }
}
