// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Testing

@testable import TandemHTTP

@Suite("Packed messages")
struct MessageDeflateTests {
    /// An agreement as between a client that grants everything and a server with these settings.
    static func agreement(_ settings: MessageDeflateSettings) throws -> MessageDeflateAgreement {
        try #require(
            MessageDeflateAgreement(
                accepting: [WebSocketExtension("permessage-deflate", ("client_max_window_bits", nil))],
                settings
            )
        )
    }

    static let keeping = MessageDeflateSettings(serverContextTakeover: true, clientContextTakeover: true, threshold: 0)

    /// The messages whose frames are given, unpacked one after the other.
    static func inflate(
        _ messages: [[Bytes]],
        _ settings: MessageDeflateSettings = keeping,
        limit: Int = 1 << 20
    ) throws -> [Bytes] {
        var inflater = MessageInflater(try agreement(settings))
        var inflated: [Bytes] = []
        for frames in messages {
            var message = Bytes()
            for (index, frame) in frames.enumerated() {
                try inflater.inflate(frame, isLast: index == frames.count - 1, to: &message, limit: limit)
                #expect(message.count <= limit)
            }
            inflated.append(message)
        }
        return inflated
    }

    static func packed(_ message: Bytes, _ deflater: inout MessageDeflater) throws -> Bytes {
        let packed = deflater.deflate(message)
        return try #require(packed)
    }

    static let hello = Bytes([0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00])

    @Test(
        "The examples of RFC 7692, section 7.2.3, are unpacked",
        arguments: [
            [[hello]],
            [[hello[0..<3], hello[3..<7]]],
            [[hello], [Bytes([0xF2, 0x00, 0x11, 0x00, 0x00])]],
            [[Bytes([0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00])]],
            [[Bytes([0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00])]],
            [[Bytes([0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00])]],
        ]
    )
    func examples(messages: [[Bytes]]) throws {
        #expect(try Self.inflate(messages) == messages.map { _ in "Hello" })
    }

    @Test("They are packed as the examples are")
    func packedExamples() throws {
        var deflater = MessageDeflater(try Self.agreement(Self.keeping))
        let packed = [deflater.deflate("Hello"), deflater.deflate("Hello")]
        #expect(packed == [Self.hello, Bytes([0xF2, 0x00, 0x11, 0x00, 0x00])])
    }

    @Test("Without a context each message is packed like the first")
    func noContext() throws {
        var deflater = MessageDeflater(try Self.agreement(MessageDeflateSettings(threshold: 0)))
        let json = CodecSamples.json(500)
        let first = try Self.packed(json, &deflater)
        let second = deflater.deflate(json)
        #expect(second == first)
        #expect(try Self.inflate([[first], [first]], MessageDeflateSettings()) == [json, json])
    }

    @Test("An empty message is unpacked, packed as RFC 7692 says or not at all")
    func empty() throws {
        #expect(try Self.inflate([[Bytes([0x00])], [Bytes()], [Bytes(), Bytes()]]) == [Bytes(), Bytes(), Bytes()])
    }

    @Test("A message after one that ended its stream may look back into it")
    func afterTheEnd() throws {
        let last = Bytes([0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00])
        let again = Bytes([0xF2, 0x00, 0x11, 0x00, 0x00])
        #expect(try Self.inflate([[last], [again]]) == ["Hello", "Hello"])
        var padded = last
        padded.append(Bytes([0x00]))
        #expect(try Self.inflate([[padded], [again]]) == ["Hello", "Hello"])
        padded.append(again)
        #expect(try Self.inflate([[padded]]) == ["HelloHello"])
    }

    @Test("A short message is sent as it is, and one that does not get smaller")
    func threshold() throws {
        var generator = SeededGenerator(seed: 4)
        let random = CodecSamples.noise(2000, &generator)
        var deflater = MessageDeflater(try Self.agreement(MessageDeflateSettings()))
        let packs = [CodecSamples.json(1023), CodecSamples.json(1024), random].map { deflater.deflate($0) != nil }
        #expect(packs == [false, true, false])
        var keeping = MessageDeflater(try Self.agreement(Self.keeping))
        let empty = keeping.deflate("")
        #expect(empty == nil)
        // The receiver has to follow, however long it gets.
        let packed = try Self.packed(random, &keeping)
        let again = try Self.packed(random, &keeping)
        #expect(packed.count > random.count && again.count < 100)
        #expect(try Self.inflate([[packed], [again]]) == [random, random])
    }

    @Test("What is packed is unpacked, in any pieces, with any window and context", arguments: 8...15, [false, true])
    func roundTrip(windowBits: Int, takesOver: Bool) throws {
        var generator = SeededGenerator(seed: UInt64(windowBits))
        for memoryLevel in [1, 9] {
            let settings = MessageDeflateSettings(
                serverWindowBits: windowBits,
                clientWindowBits: windowBits,
                serverContextTakeover: takesOver,
                clientContextTakeover: takesOver,
                level: Int.random(in: 1...9, using: &generator),
                memoryLevel: memoryLevel,
                threshold: 0
            )
            let agreement = try Self.agreement(settings)
            var deflater = MessageDeflater(agreement)
            var inflater = MessageInflater(agreement)
            for _ in 0..<30 {
                let count = Int.random(in: 0...(Bool.random(using: &generator) ? 300 : 70_000), using: &generator)
                let message =
                    Bool.random(using: &generator)
                    ? CodecSamples.json(count) : CodecSamples.random(count, &generator)
                guard let packed = deflater.deflate(message) else { continue }
                var unpacked = Bytes()
                for piece in CodecSamples.split(packed, &generator) {
                    try inflater.inflate(piece, isLast: false, to: &unpacked, limit: message.count)
                }
                try inflater.inflate(Bytes(), isLast: true, to: &unpacked, limit: message.count)
                #expect(unpacked == message)
            }
        }
    }
}
