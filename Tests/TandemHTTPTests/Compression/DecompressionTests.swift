// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Testing

@testable import TandemHTTP

@Suite("Packed request bodies")
struct DecompressionTests {
    static let json = CodecSamples.json(3000)
    static let echo = ClosureHandler { request in
        let headers = request.headers
        let framing = ["content-encoding", "content-length"].filter(headers.contains)
        let body = try await request.body.collect(upTo: 1 << 20)
        return Response(status: framing.isEmpty ? .ok : .internalServerError, body: .bytes(body))
    }

    /// What arrives behind `Decompression` of a body that came in pieces.
    static func receive(_ pieces: [Bytes], encoding: String, limit: Int = 1 << 20) async throws -> Bytes? {
        let body = RequestBody(storage: .stream(PiecesSource(pieces)), length: nil)
        return try await Self.receive(body, encoding: encoding, limit: limit)
    }

    static func receive(_ body: RequestBody, encoding: String, limit: Int = 1 << 20) async throws -> Bytes? {
        var request = Request(.post, "/", headers: ["content-encoding": encoding, "content-length": "1"])
        request.body = body
        let response = try await Self.echo.wrapped(in: [Decompression(limit: limit)]).respond(to: request)
        #expect(response.status == .ok)
        return response.body.bytes
    }

    static func error(_ pieces: [Bytes], encoding: String, limit: Int = 1 << 20) async -> HTTPError? {
        do {
            _ = try await Self.receive(pieces, encoding: encoding, limit: limit)
            return nil
        } catch {
            return error as? HTTPError
        }
    }

    @Test("A body is unpacked as it arrives, or where it is all there", arguments: ContentCoding.available)
    func unpacked(coding: ContentCoding) async throws {
        let packed = try CodecSamples.pack(Self.json, coding)
        var generator = SeededGenerator(seed: 7)
        let pieces = CodecSamples.split(packed, &generator)
        #expect(try await Self.receive(pieces, encoding: coding.rawValue) == Self.json)
        #expect(try await Self.receive(RequestBody(packed), encoding: coding.rawValue.uppercased()) == Self.json)
    }

    @Test("Two codings are undone from the last to the first", arguments: ContentCoding.available)
    func stacked(coding: ContentCoding) async throws {
        let packed = try CodecSamples.pack(CodecSamples.pack(Self.json, coding), .gzip)
        #expect(try await Self.receive([packed], encoding: "\(coding), gzip") == Self.json)
        #expect(try await Self.receive([packed], encoding: "\(coding), identity, x-gzip") == Self.json)
    }

    @Test("Identity, and an empty body, need no unpacking", arguments: ["identity", "gzip", "deflate, gzip"])
    func nothing(encoding: String) async throws {
        #expect(try await Self.receive(RequestBody(), encoding: encoding) == Bytes())
        #expect(try await Self.receive([], encoding: encoding) == Bytes())
        #expect(try await Self.receive([Self.json], encoding: "identity") == Self.json)
    }

    @Test(
        "Codings that are not understood, or too many, are answered with those that are",
        arguments: ["compress", "gzip, lzma", "gzip, gzip, gzip", "gzip;q=1", "*", "\"gzip\"", "gzip gzip"]
    )
    func unsupported(encoding: String) async throws {
        let error = try #require(await Self.error(["content"], encoding: encoding))
        #expect(error.status == .unsupportedMediaType)
        #expect(error.code == "unsupported-content-coding")
        #expect(error.headers["accept-encoding"]?.contains("gzip, deflate") == true)
    }

    @Test("Malformed, unfinished and trailing content are 400", arguments: ContentCoding.available)
    func malformed(coding: ContentCoding) async throws {
        let packed = try CodecSamples.pack(Self.json, coding)
        for pieces in [["not packed at all"], [packed[0..<packed.count - 1]], [packed, "garbage"]] {
            let error = try #require(await Self.error(pieces, encoding: coding.rawValue))
            #expect(error.status == .badRequest)
            #expect(error.code == "malformed-content")
        }
    }

    @Test("A bomb stops at the limit without being read to its end", arguments: ContentCoding.available)
    func bomb(coding: ContentCoding) async throws {
        let packed = try CodecSamples.pack(CodecSamples.zeros(bits: 23), coding)
        let pieces = packed.map { Bytes([$0]) } + [Bytes](repeating: Bytes(), count: 50)
        let source = PiecesSource(pieces)
        await #expect(throws: HTTPError.self) {
            try await Self.receive(
                RequestBody(storage: .stream(source), length: nil),
                encoding: coding.rawValue,
                limit: 100_000
            )
        }
        #expect(source.left > 0)
    }

    @Test("A bomb in a bomb stops at the limit of the first")
    func nestedBomb() async throws {
        let inner = try CodecSamples.pack(CodecSamples.zeros(bits: 24), .gzip)
        let packed = try CodecSamples.pack(inner, .gzip)
        #expect(packed.count < 1000)
        #expect(await Self.error([packed], encoding: "gzip, gzip", limit: 1_000_000)?.status == .contentTooLarge)
        #expect(await Self.error([packed], encoding: "gzip, gzip", limit: 1000)?.status == .contentTooLarge)
    }

    @Test("Trailers come through")
    func trailers() async throws {
        let packed = try CodecSamples.pack(Self.json, .gzip)
        let source = PiecesSource([packed], trailers: ["x-checksum": "1"])
        let body = RequestBody(storage: .stream(source), length: nil)
        let unpacked = RequestBody(storage: .stream(try DecodingSource(.gzip, body, limit: 10_000)), length: nil)
        #expect(try await unpacked.collect(upTo: 10_000) == Self.json)
        #expect(unpacked.trailers["x-checksum"] == "1")
    }

    @Test("What is not packed is answered at once, what is packed is awaited")
    func immediate() throws {
        let handler = ImmediateHandler { _ in Response("at once") }.wrapped(in: [Decompression()])
        #expect(try handler.respondImmediately(to: Request(.get, "/")) != nil)
        let packed = Request(.post, "/", headers: ["content-encoding": "gzip"])
        #expect(try handler.respondImmediately(to: packed) == nil)
    }

    @Test("Packed both ways through both")
    func both() async throws {
        let handler = ClosureHandler { Response(json: try await $0.body.collect(upTo: 9999)) }
            .wrapped(in: [Decompression(), Compression()])
        let packed = try CodecSamples.pack(Self.json, .deflate)
        let headers: Headers = ["content-encoding": "deflate", "accept-encoding": "gzip"]
        let response = try await handler.respond(to: Request(.post, "/", headers: headers, body: packed))
        #expect(try CodecSamples.unpack([#require(response.body.bytes)], .gzip) == Self.json)
    }
}
