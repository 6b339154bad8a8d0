// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import SeededRandom
import Testing

@testable import TandemHTTP

@Suite("Packed messages of hostile clients")
struct HostileMessageTests {
    static func failure(
        _ messages: [[Bytes]],
        _ settings: MessageDeflateSettings = MessageDeflateTests.keeping,
        limit: Int = 1 << 20
    ) -> MessageInflaterError? {
        do {
            _ = try MessageDeflateTests.inflate(messages, settings, limit: limit)
            return nil
        } catch {
            return error as? MessageInflaterError
        }
    }

    @Test("A bomb is stopped at the limit, with no more memory than that", arguments: [1, 1000, 1 << 16, 1 << 20])
    func bomb(limit: Int) throws {
        let packed = try CodecSamples.rawDeflate(CodecSamples.zeros(bits: 24))
        var inflater = MessageInflater(try MessageDeflateTests.agreement(MessageDeflateTests.keeping))
        var message = Bytes()
        var failure: MessageInflaterError?
        do throws(MessageInflaterError) {
            try inflater.inflate(packed, isLast: true, to: &message, limit: limit)
        } catch {
            failure = error
        }
        #expect(failure == .tooLong)
        #expect(message.count == limit)
        #expect(message.buffer.capacity <= max(64, limit))
    }

    @Test("A message of exactly the limit fits, over any frames")
    func exact() throws {
        let json = CodecSamples.json(100_000)
        var deflater = MessageDeflater(try MessageDeflateTests.agreement(MessageDeflateSettings()))
        let packed = try MessageDeflateTests.packed(json, &deflater)
        let frames = packed.map { Bytes([$0]) }
        #expect(try MessageDeflateTests.inflate([[packed], frames], .init(), limit: json.count) == [json, json])
        #expect(Self.failure([[packed]], limit: json.count - 1) == .tooLong)
        #expect(Self.failure([frames], limit: json.count - 1) == .tooLong)
        #expect(try MessageDeflateTests.inflate([[Bytes([0x00])]], limit: 0) == [Bytes()])
        #expect(Self.failure([[MessageDeflateTests.hello]], limit: 0) == .tooLong)
    }

    @Test(
        "What deflate does not make is malformed",
        arguments: [
            // A block of the reserved type.
            [0x06], [0x07, 0x00],
            // A stored block whose length does not match its complement.
            [0x00, 0x05, 0x00, 0x00, 0x00, 0x48],
            // A distance before the start.
            [0xF2, 0x00, 0x11, 0x00, 0x00],
            // A message that is cut off: in a stored block, in a fixed one, in its codes.
            [0x00, 0x05], [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48], [0x00, 0x06, 0x00, 0xF9, 0xFF, 0x48, 0x65],
            [0xF2, 0x48, 0xCD], [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07], [0x04, 0xC0],
            // The tail is not to be sent.
            [0xFF, 0xFF, 0xFF, 0xFF], [0x00, 0x00, 0x00, 0xFF],
            // Something after the end that is no block.
            [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x07],
            // gzip and zlib headers.
            [0x1F, 0x8B, 0x08, 0x00], [0x78, 0x9C, 0xF3, 0x48],
        ] as [[UInt8]]
    )
    func malformed(bytes: [UInt8]) {
        #expect(Self.failure([[Bytes(bytes)]]) == .malformed)
        #expect(Self.failure([bytes.map { Bytes([$0]) }]) == .malformed)
    }

    @Test("A context that was not granted is not there", arguments: [true, false])
    func noContext(takesOver: Bool) throws {
        let again = Bytes([0xF2, 0x00, 0x11, 0x00, 0x00])
        let settings = MessageDeflateSettings(clientContextTakeover: takesOver)
        #expect(Self.failure([[MessageDeflateTests.hello], [again]], settings) == (takesOver ? nil : .malformed))
    }

    @Test("A client that looks back further than it agreed to fails", arguments: 8...14)
    func window(bits: Int) throws {
        var generator = SeededGenerator(seed: 1)
        let noise = CodecSamples.noise((1 << bits) + 600, &generator)
        var deflater = MessageDeflater(try MessageDeflateTests.agreement(MessageDeflateTests.keeping))
        let first = try MessageDeflateTests.packed(noise, &deflater)
        let second = try MessageDeflateTests.packed(noise[0..<300], &deflater)
        let settings = MessageDeflateSettings(clientWindowBits: bits, clientContextTakeover: true)
        #expect(Self.failure([[first]], settings) == nil)
        #expect(Self.failure([[first], [second]], settings) == .malformed)
        #expect(try MessageDeflateTests.inflate([[first], [second]]) == [noise, noise[0..<300]])
    }

    @Test("Streams that end again and again cost no more than their bytes")
    func endings() throws {
        let endings = Bytes((0..<200_000).flatMap { _ in [0x03, 0x00] as [UInt8] })
        #expect(try MessageDeflateTests.inflate([[endings], [MessageDeflateTests.hello]]) == [Bytes(), "Hello"])
    }

    @Test("Noise and damaged messages end in a message or an error, within the limit", arguments: 0..<20)
    func noise(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var deflater = MessageDeflater(try MessageDeflateTests.agreement(MessageDeflateSettings()))
        for _ in 0..<100 {
            var bytes = Array(CodecSamples.random(Int.random(in: 1...200, using: &generator), &generator))
            if Bool.random(using: &generator) {
                let packed = deflater.deflate(CodecSamples.json(3000))
                bytes = Array(try #require(packed))
                for _ in 0..<3 {
                    let bit: UInt8 = 1 << UInt8.random(in: 0...7, using: &generator)
                    bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^= bit
                }
            }
            let frames = CodecSamples.split(Bytes(bytes), &generator)
            let whole = Result { try MessageDeflateTests.inflate([[Bytes(bytes)]], limit: 5000) }
            let pieces = Result { try MessageDeflateTests.inflate([frames + [Bytes()]], limit: 5000) }
            #expect((try? whole.get()) == (try? pieces.get()))
        }
    }
}
