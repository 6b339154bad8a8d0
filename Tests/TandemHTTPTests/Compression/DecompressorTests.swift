// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Testing

@testable import TandemHTTP

@Suite("Hostile and odd packed content")
struct DecompressorTests {
    @Test("Content cut off at any byte is refused", arguments: ContentCoding.available)
    func truncated(coding: ContentCoding) throws {
        let packed = try CodecSamples.pack(CodecSamples.json(300), coding)
        for end in 1..<packed.count {
            let status = CodecSamples.status { _ = try CodecSamples.unpack([packed[0..<end]], coding) }
            #expect(status == .badRequest, "cut at \(end) of \(packed.count)")
        }
    }

    @Test("Raw deflate cut off at any byte is refused")
    func truncatedRaw() throws {
        let packed = try CodecSamples.rawDeflate(CodecSamples.json(300))
        for end in 1..<packed.count {
            #expect(CodecSamples.status { _ = try CodecSamples.unpack([packed[0..<end]], .deflate) } == .badRequest)
        }
    }

    @Test("No bytes at all are empty content", arguments: ContentCoding.available)
    func nothing(coding: ContentCoding) throws {
        #expect(try CodecSamples.unpack([], coding).isEmpty)
        #expect(try CodecSamples.unpack([Bytes()], coding).isEmpty)
    }

    @Test("Bytes after the end are refused", arguments: ContentCoding.available, [1, 2, 40])
    func trailing(coding: ContentCoding, count: Int) throws {
        let garbage = Bytes(repeatElement(0, count: count))
        let packed = try CodecSamples.pack("content", coding)
        #expect(CodecSamples.status { _ = try CodecSamples.unpack([packed, garbage], coding) } == .badRequest)
        var together = packed
        together.append(garbage)
        #expect(CodecSamples.status { _ = try CodecSamples.unpack([together], coding) } == .badRequest)
    }

    @Test("Content of another coding is refused", arguments: ContentCoding.available, ContentCoding.available)
    func wrongCoding(coding: ContentCoding, other: ContentCoding) throws {
        let packed = try CodecSamples.pack(CodecSamples.json(3000), coding)
        let status = CodecSamples.status { _ = try CodecSamples.unpack([packed], other) }
        #expect(status == (coding == other ? nil : .badRequest))
    }

    @Test("Plain text is refused", arguments: ContentCoding.available)
    func plain(coding: ContentCoding) {
        let text: Bytes = "{\"subject\": \"this is not packed\"}"
        #expect(CodecSamples.status { _ = try CodecSamples.unpack([text], coding) } == .badRequest)
    }

    @Test("Changed bytes are refused or unpack to something within the limit", arguments: ContentCoding.available)
    func corrupt(coding: ContentCoding) throws {
        var generator = SeededGenerator(seed: 4)
        let packed = try CodecSamples.pack(CodecSamples.json(2000), coding)
        for _ in 0..<100 {
            var bytes = Array(packed)
            for _ in 0...Int.random(in: 0...3, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            let pieces = CodecSamples.split(Bytes(bytes), &generator)
            let status = CodecSamples.status {
                let unpacked = try CodecSamples.unpack(pieces, coding, limit: 20_000)
                #expect(unpacked.count <= 20_000)
            }
            #expect(status == nil || status == .badRequest || status == .contentTooLarge)
        }
    }

    @Test("gzip checks what it unpacks")
    func checksum() throws {
        var bytes = Array(try CodecSamples.pack("content", .gzip))
        bytes[bytes.count - 8] ^= 1
        #expect(CodecSamples.status { _ = try CodecSamples.unpack([Bytes(bytes)], .gzip) } == .badRequest)
    }

    @Test("gzip of several members is one content")
    func members() throws {
        var packed = try CodecSamples.pack("one, ", .gzip)
        packed.append(try CodecSamples.pack(Bytes(), .gzip))
        packed.append(try CodecSamples.pack("two", .gzip))
        for split in 0...packed.count {
            let pieces = [packed[0..<split], packed[split..<packed.count]]
            #expect(try CodecSamples.unpack(pieces, .gzip) == "one, two")
        }
    }

    @Test("A thousand empty gzip members give nothing")
    func emptyMembers() throws {
        let empty = try CodecSamples.pack(Bytes(), .gzip)
        let packed = Bytes(repeatElement(empty, count: 1000).joined())
        #expect(try CodecSamples.unpack([packed], .gzip, limit: 0).isEmpty)
    }

    @Test("Raw deflate is taken for deflate")
    func rawDeflate() throws {
        var generator = SeededGenerator(seed: 5)
        for size in [0, 1, 10, 1000, 70_000] {
            let content = CodecSamples.random(size, &generator)
            let packed = try CodecSamples.rawDeflate(content)
            #expect(try CodecSamples.unpack([packed], .deflate) == content)
            #expect(try CodecSamples.unpack(CodecSamples.split(packed, &generator), .deflate) == content)
        }
    }

    @Test("A zlib stream that asks for a dictionary is refused")
    func dictionary() {
        let packed = Bytes([0x78, 0xBB, 0x00, 0x01, 0x02, 0x03, 0x00])
        #expect(CodecSamples.status { _ = try CodecSamples.unpack([packed], .deflate) } == .badRequest)
    }

    @Test("A bomb stops at the limit", arguments: ContentCoding.available, [0, 1, 1000, 65_536, 1_000_000])
    func bomb(coding: ContentCoding, limit: Int) throws {
        let packed = try Self.bomb(coding)
        #expect(packed.count < 50_000)
        var decompressor = try Decompressor(coding, limit: limit)
        decompressor.feed(packed)
        var given = 0
        let status = CodecSamples.status { while let bytes = try decompressor.read() { given += bytes.count } }
        #expect(status == .contentTooLarge)
        #expect(given <= limit)
        #expect(CodecSamples.status { _ = try decompressor.read() } == .contentTooLarge, "it stays stopped")
        #expect(CodecSamples.status { try decompressor.finish() } == .contentTooLarge)
    }

    @Test("Content of exactly the limit is taken, one byte more is not", arguments: ContentCoding.available)
    func exactLimit(coding: ContentCoding) throws {
        for size in [0, 1, 100, Decompressor.chunk, 100_000] {
            let content = CodecSamples.json(size)
            let packed = try CodecSamples.pack(content, coding)
            #expect(try CodecSamples.unpack([packed], coding, limit: size) == content)
            let status = CodecSamples.status { _ = try CodecSamples.unpack([packed], coding, limit: size - 1) }
            #expect(status == (size == 0 ? nil : .contentTooLarge))
        }
    }

    /// 16 MiB of zeros, packed once for each coding.
    private static func bomb(_ coding: ContentCoding) throws -> Bytes {
        guard let bomb = try Self.bombs.get()[coding] else { throw HTTPError(.notFound) }
        return bomb
    }

    private static let bombs = Result {
        let zeros = CodecSamples.zeros(bits: 24)
        var bombs: [ContentCoding: Bytes] = [:]
        for coding in ContentCoding.available {
            bombs[coding] = try CodecSamples.pack(zeros, coding)
        }
        return bombs
    }
}
