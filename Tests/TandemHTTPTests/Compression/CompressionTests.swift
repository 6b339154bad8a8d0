// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Testing

@testable import TandemHTTP

@Suite("Compressed responses")
struct CompressionTests {
    static let json = CodecSamples.json(5000)

    /// What a handler that gives `response` answers behind `Compression`.
    static func answer(
        _ response: Response,
        method: Method = .get,
        headers: Headers = ["accept-encoding": "gzip"]
    ) async throws -> Response {
        let handler = ClosureHandler { _ in response }.wrapped(in: [Compression()])
        return try await handler.respond(to: Request(method, "/", headers: headers))
    }

    @Test("JSON is compressed for a client that accepts it", arguments: ContentCoding.available)
    func compressed(coding: ContentCoding) async throws {
        let headers: Headers = ["accept-encoding": coding.rawValue]
        let response = try await Self.answer(Response(json: Self.json), headers: headers)
        #expect(response.headers["content-encoding"] == coding.rawValue)
        #expect(response.headers["content-type"] == "application/json")
        #expect(response.headers.all("vary") == ["accept-encoding"])
        let packed = try #require(response.body.bytes)
        #expect(packed.count < Self.json.count / 4)
        #expect(try CodecSamples.unpack([packed], coding) == Self.json)
    }

    @Test("An answer given at once is compressed at once, without a task")
    func immediate() throws {
        let handler = ImmediateHandler { _ in Response(json: Self.json) }.wrapped(in: [Compression()])
        let request = Request(.get, "/", headers: ["accept-encoding": "gzip"])
        let response = try #require(try handler.respondImmediately(to: request))
        #expect(try CodecSamples.unpack([#require(response.body.bytes)], .gzip) == Self.json)
    }

    @Test("What is not answered at once is left to be awaited")
    func notImmediate() throws {
        let handler = ClosureHandler { _ in Response(json: Self.json) }.wrapped(in: [Compression()])
        #expect(try handler.respondImmediately(to: Request(.get, "/")) == nil)
    }

    @Test(
        "A client that does not accept it gets the bytes, and caches are told",
        arguments: ["identity", "", "compress"]
    )
    func notAccepted(accept: String) async throws {
        let response = try await Self.answer(Response(json: Self.json), headers: ["accept-encoding": accept])
        #expect(response.body.bytes == Self.json)
        #expect(!response.headers.contains("content-encoding"))
        #expect(response.headers["vary"] == "accept-encoding")
        let silent = try await Self.answer(Response(json: Self.json), headers: [:])
        #expect(silent.headers["vary"] == "accept-encoding")
    }

    @Test(
        "What is not worth it or not allowed stays as it is",
        arguments: [
            Response(json: Self.json[0..<1023]),
            Response(Self.json, contentType: "image/png"),
            Response(Self.json, contentType: "application/zip"),
            Response(body: .bytes(Self.json)),
            Response(status: 206, headers: ["content-type": "text/plain"], body: .bytes(Self.json)),
            Response(status: 204, headers: ["content-type": "text/plain"]),
            Self.plain(["content-encoding": "br"]),
            Self.plain(["cache-control": "public, No-Transform, max-age=60"]),
            Self.plain(["content-digest": "sha-256=:AAAA:"]),
            Response(contentType: "text/plain", length: 100) { _ in },
        ]
    )
    func untouched(response: Response) async throws {
        let answer = try await Self.answer(response)
        #expect(answer.headers == response.headers)
        #expect(answer.body.bytes == response.body.bytes)
        #expect(answer.body.length == response.body.length)
    }

    private static func plain(_ headers: Headers) -> Response {
        var response = Response(Self.json, contentType: "text/plain")
        for (name, value) in headers { response.headers.add(name, value) }
        return response
    }

    @Test("The fields of the content are those of the packed content")
    func fields() async throws {
        let response = Self.plain([
            "content-length": "5000", "accept-ranges": "bytes", "etag": "\"v1\"", "vary": "origin",
        ])
        let headers = try await Self.answer(response).headers
        #expect(!headers.contains("content-length"))
        #expect(!headers.contains("accept-ranges"))
        #expect(headers["etag"] == "W/\"v1\"")
        #expect(headers.all("vary") == ["origin", "accept-encoding"])
        let weak = try await Self.answer(Self.plain(["etag": "W/\"v1\""])).headers
        #expect(weak.all("etag") == ["W/\"v1\""])
        let strong = try await Self.answer(response, headers: [:]).headers
        #expect(strong["etag"] == "\"v1\"")
        #expect(strong["accept-ranges"] == "bytes")
    }

    @Test("Vary says accept-encoding once", arguments: ["*", "Accept-Encoding", "origin, accept-encoding"])
    func vary(value: String) async throws {
        #expect(try await Self.answer(Self.plain(["vary": value])).headers.all("vary") == [value])
    }

    @Test("HEAD has the fields of GET, no length of another content, and nothing to send")
    func head() async throws {
        let response = try await Self.answer(Self.plain(["content-length": "5000"]), method: .head)
        #expect(response.headers["content-encoding"] == "gzip")
        #expect(!response.headers.contains("content-length"))
        #expect(response.body.length == nil)
        #expect(try await response.body.written().writes.isEmpty)
    }

    @Test(
        "A 304 repeats the weak tag to the client that holds it",
        arguments: [
            ("W/\"v1\"", "W/\"v1\"", "accept-encoding"), ("\"v0\", W/\"v1\"", "W/\"v1\"", "accept-encoding"),
            ("\"v1\"", "\"v1\"", nil), ("*", "\"v1\"", nil),
        ] as [(String, String, String?)]
    )
    func notModified(held: String, tag: String, vary: String?) async throws {
        let response = Response(status: .notModified, headers: ["etag": "\"v1\""])
        let headers: Headers = ["accept-encoding": "gzip", "if-none-match": held]
        let answer = try await Self.answer(response, headers: headers)
        #expect(answer.headers.all("etag") == [tag])
        #expect(answer.headers["vary"] == vary)
    }

    @Test("Content that does not get smaller is sent as it is")
    func incompressible() async throws {
        var generator = SeededGenerator(seed: 6)
        let noise = Bytes((0..<200).flatMap { _ in withUnsafeBytes(of: generator.next(), Array.init) })
        let response = try await Self.answer(Response(noise, contentType: "text/plain"))
        #expect(response.body.bytes == noise)
        #expect(!response.headers.contains("content-encoding"))
        #expect(response.headers["vary"] == "accept-encoding")
    }

    @Test("Codings that are not offered are not used, and the order can be changed")
    func codings() async throws {
        let json = ImmediateHandler { _ in Response(json: Self.json) }
        let handler = json.wrapped(in: [Compression(codings: [.deflate, .gzip])])
        let request = Request(.get, "/", headers: ["accept-encoding": "gzip, deflate, br, zstd"])
        #expect(try await handler.respond(to: request).headers["content-encoding"] == "deflate")
        let none = json.wrapped(in: [Compression(codings: [.identity])])
        #expect(try await none.respond(to: request).body.bytes == Self.json)
    }

    @Test(
        "Types are found by name, family and suffix",
        arguments: [
            ("text/html; charset=utf-8", true), ("TEXT/CSS", true), ("application/json", true),
            ("application/problem+json", true), ("image/svg+xml", true), ("application/wasm", true),
            ("application/javascript ;x=y", true), ("image/jpeg", false), ("application/octet-stream", false),
            ("video/mp4", false), ("font/woff2", false), ("", false), ("text", false), ("/", false), ("+json", true),
            ("a+json/b", false), ("a/b+", false), ("application/jsonx", false),
        ]
    )
    func types(type: String, expected: Bool) {
        #expect(Compression.contains(Compression.mediaType(type), in: Compression.compressibleTypes) == expected)
    }

    @Test("Errors pass through")
    func errors() async {
        let handler = ClosureHandler { _ in throw HTTPError(.notFound) }.wrapped(in: [Compression()])
        await #expect(throws: HTTPError.self) { try await handler.respond(to: Request(.get, "/")) }
    }
}

extension ResponseBody {
    /// The bytes of a body in memory.
    var bytes: Bytes? {
        if case .bytes(let bytes) = self { bytes } else { nil }
    }

    /// What a stream writes.
    func written() async throws -> CollectingSink {
        let sink = CollectingSink()
        if case .stream(let stream) = self { try await stream.write(BodyWriter(sink)) }
        return sink
    }
}
