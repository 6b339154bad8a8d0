// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Testing

@testable import TandemHTTP

@Suite("Packing and unpacking")
struct RoundTripTests {
    @Test("Random content in random pieces comes back", arguments: ContentCoding.available)
    func randomPieces(coding: ContentCoding) throws {
        var generator = SeededGenerator(seed: 1)
        for round in 0..<20 {
            let content = CodecSamples.random(Int.random(in: 0...(round * 200), using: &generator), &generator)
            var compressor = try Compressor(coding)
            var packed = Bytes()
            for piece in CodecSamples.split(content, &generator) {
                packed.append(try compressor.encode(piece, Bool.random(using: &generator) ? .flush : .none))
            }
            packed.append(try compressor.encode(Bytes(), .finish))
            let unpacked = try CodecSamples.unpack(CodecSamples.split(packed, &generator), coding)
            #expect(unpacked == content)
        }
    }

    @Test("Packed content split at every byte unpacks the same", arguments: ContentCoding.available)
    func everySplit(coding: ContentCoding) throws {
        let content = CodecSamples.json(700)
        let packed = try CodecSamples.pack(content, coding)
        #expect(packed.count < content.count / 2)
        for split in 0...packed.count {
            let unpacked = try CodecSamples.unpack([packed[0..<split], packed[split..<packed.count]], coding)
            #expect(unpacked == content)
        }
        #expect(try CodecSamples.unpack(packed.map { Bytes([$0]) }, coding) == content)
    }

    @Test("What was flushed can be read before more comes", arguments: ContentCoding.available)
    func flush(coding: ContentCoding) throws {
        var compressor = try Compressor(coding)
        var decompressor = try Decompressor(coding, limit: 1 << 20)
        for event in 0..<50 {
            decompressor.feed(try compressor.encode(Bytes("data: \(event)\n\n"), .flush))
            var received = Bytes()
            while let bytes = try decompressor.read() { received.append(bytes) }
            #expect(received.string == "data: \(event)\n\n")
        }
        #expect(throws: HTTPError.self) { try decompressor.finish() }
        decompressor.feed(try compressor.encode(Bytes(), .finish))
        #expect(try decompressor.read() == nil)
        try decompressor.finish()
    }

    @Test("Flushing twice, or nothing, harms nothing", arguments: ContentCoding.available)
    func emptyFlushes(coding: ContentCoding) throws {
        var compressor = try Compressor(coding)
        var packed = try compressor.encode(Bytes(), .flush)
        packed.append(try compressor.encode("one", .flush))
        packed.append(try compressor.encode(Bytes(), .flush))
        packed.append(try compressor.encode(Bytes(), .flush))
        packed.append(try compressor.encode(" two", .finish))
        #expect(try CodecSamples.unpack([packed], coding) == "one two")
    }

    @Test("Empty content is packed too", arguments: ContentCoding.available)
    func empty(coding: ContentCoding) throws {
        let packed = try CodecSamples.pack(Bytes(), coding)
        #expect(!packed.isEmpty)
        #expect(try CodecSamples.unpack([packed], coding).isEmpty)
    }

    @Test("Bytes that cannot be packed come back, in many chunks", arguments: ContentCoding.available)
    func incompressible(coding: ContentCoding) throws {
        var generator = SeededGenerator(seed: 2)
        let content = Bytes((0..<10_000).flatMap { _ in withUnsafeBytes(of: generator.next(), Array.init) })
        #expect(try CodecSamples.unpack([CodecSamples.pack(content, coding)], coding) == content)
    }

    @Test("Identity has no compressor")
    func identity() {
        #expect(throws: HTTPError.self) { try CodecSamples.pack("a", .identity) }
        #expect(throws: HTTPError.self) { try CodecSamples.unpack(["a"], .identity) }
    }
}
