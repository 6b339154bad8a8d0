// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("Compressed streams")
struct CompressedStreamTests {
    static func answer(_ response: Response, accept: String) async throws -> Response {
        let handler = ClosureHandler { _ in response }.wrapped(in: [Compression(inlineLimit: 1000)])
        return try await handler.respond(to: Request(.get, "/", headers: ["accept-encoding": accept]))
    }

    @Test("Each write can be read at once", arguments: ContentCoding.available)
    func flushed(coding: ContentCoding) async throws {
        let lines = (0..<20).map { Bytes("{\"line\":\($0)}\n") }
        let stream = Response(contentType: "application/x-ndjson") { writer in
            for line in lines { try await writer.write(line) }
            try await writer.setTrailers(["x-lines": "20"])
        }
        let response = try await Self.answer(stream, accept: coding.rawValue)
        #expect(response.headers["content-encoding"] == coding.rawValue)
        #expect(response.body.length == nil)
        let sink = try await response.body.written()
        #expect(sink.trailers["x-lines"] == "20")
        #expect(sink.writes.count == lines.count + 1)
        var decompressor = try Decompressor(coding, limit: 1 << 20)
        for (line, packed) in zip(lines, sink.writes) {
            decompressor.feed(packed)
            #expect(try decompressor.read() == line)
        }
        #expect(try CodecSamples.unpack(sink.writes, coding) == Bytes(lines.joined()))
    }

    @Test("A long body in memory is packed in slices", arguments: ContentCoding.available)
    func slices(coding: ContentCoding) async throws {
        let json = CodecSamples.json(50_000)
        let response = try await Self.answer(Response(json: json), accept: coding.rawValue)
        let sink = try await response.body.written()
        #expect(try CodecSamples.unpack(sink.writes, coding) == json)
    }

    @Test("A long write of a stream is packed in slices")
    func longWrite() async throws {
        let json = CodecSamples.json(50_000)
        let stream = Response(contentType: "application/json", length: json.count) { try await $0.write(json) }
        let sink = try await Self.answer(stream, accept: "gzip").body.written()
        #expect(try CodecSamples.unpack(sink.writes, .gzip) == json)
    }

    @Test("An event stream is packed with little memory a client, or not at all")
    func events() async throws {
        let stream = Response(contentType: "text/event-stream") { try await $0.write("data: 1\n\n") }
        let all = try await Self.answer(stream, accept: "gzip, deflate, br, zstd")
        #expect(all.headers["content-encoding"] == "gzip")
        let brotli = try await Self.answer(stream, accept: "br, zstd")
        #expect(!brotli.headers.contains("content-encoding"))
        #expect(brotli.headers["vary"] == "accept-encoding")
        #expect(try await brotli.body.written().all == "data: 1\n\n")
    }

    @Test("A stream that writes another length than it announced fails", arguments: [1999, 2001, 0])
    func wrongLength(count: Int) async throws {
        let stream = Response(contentType: "text/plain", length: 2000) { try await $0.write(CodecSamples.json(count)) }
        let response = try await Self.answer(stream, accept: "gzip")
        await #expect(throws: HTTPError.self) { try await response.body.written() }
    }

    @Test("A stream that fails half-way has no proper end")
    func failure() async throws {
        let stream = Response(contentType: "text/plain") { writer in
            try await writer.write("half")
            throw HTTPError(.internalServerError)
        }
        let body = try await Self.answer(stream, accept: "gzip").body
        let sink = CollectingSink()
        guard case .stream(let stream) = body else { throw HTTPError(.notFound) }
        await #expect(throws: HTTPError.self) { try await stream.write(BodyWriter(sink)) }
        #expect(CodecSamples.status { _ = try CodecSamples.unpack(sink.writes, .gzip) } == .badRequest)
    }
}
