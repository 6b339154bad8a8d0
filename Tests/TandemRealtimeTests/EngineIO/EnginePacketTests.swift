// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import TandemHTTP
import Testing

@testable import TandemRealtime

struct EnginePacketTests {
    @Test(arguments: [
        ("0{}", EnginePacket.open("{}")), ("1", .close), ("2", .ping("")), ("2probe", .ping("probe")),
        ("3", .pong("")), ("3probe", .pong("probe")), ("4", .message(.text(""))), ("4hello", .message(.text("hello"))),
        ("4€ \u{1F600}", .message(.text("€ \u{1F600}"))), ("4\u{301}", .message(.text("\u{301}"))),
        ("4\n\0", .message(.text("\n\0"))), ("5", .upgrade), ("6", .noop), ("b", .message(.binary(Bytes()))),
        ("bAQIDBA==", .message(.binary(Bytes([1, 2, 3, 4])))),
    ])
    func `a packet is read from its text and written as it`(text: String, packet: EnginePacket) {
        #expect(EnginePacket(text: text) == packet)
        #expect(packet.text == text)
        #expect(packet.byteCount <= text.utf8.count)
    }

    @Test(arguments: [
        "", "7", "a", "abc", "é", "-1", " 4hello", "\u{1E}", "b=", "bAQ", "bAQIDBA=", "bAQIDBA", "b!!!!", "bAQID BA==",
        "bAQIDBA==AQ==", "\u{301}4",
    ])
    func `what is no packet is refused`(text: String) {
        #expect(EnginePacket(text: text) == nil)
    }

    @Test
    func `a message of a WebSocket is a packet, and bytes are a message by themselves`() {
        #expect(EnginePacket(WebSocketMessage.text("4hello")) == .message(.text("hello")))
        #expect(EnginePacket(WebSocketMessage.text("abc")) == nil)
        #expect(EnginePacket(WebSocketMessage.binary(Bytes([4]))) == .message(.binary(Bytes([4]))))
    }

    @Test(arguments: [
        ("4hello\u{1E}2\u{1E}4world", [EnginePacket.message(.text("hello")), .ping(""), .message(.text("world"))]),
        ("4test1\u{1E}4test2", [.message(.text("test1")), .message(.text("test2"))]),
        ("4hello\u{1E}bAQIDBA==", [.message(.text("hello")), .message(.binary(Bytes([1, 2, 3, 4])))]),
        ("4\u{1E}4", [.message(.text("")), .message(.text(""))]),
    ])
    func `a payload is its packets`(text: String, packets: [EnginePacket]) throws {
        var payload = try #require(EnginePayload(Bytes(text)))
        for packet in packets { #expect(try payload.next() == packet) }
        #expect(try payload.next() == nil)
        #expect(EnginePayload.encode(packets) == Bytes(text))
    }

    @Test(arguments: ["", "4hello\u{1E}", "\u{1E}4hello", "4a\u{1E}abc\u{1E}4b", "4a\u{1E}\u{1E}4b"])
    func `a payload ends where it holds what is no packet`(text: String) throws {
        var payload = try #require(EnginePayload(Bytes(text)))
        #expect(throws: MalformedPacket.self) { while try payload.next() != nil {} }
        #expect(try payload.next() == nil)
    }

    @Test
    func `a payload that is no UTF-8 is none`() {
        #expect(EnginePayload(Bytes([0x34, 0xFF])) == nil)
    }

    @Test(arguments: 0..<20)
    func `any messages come out of a payload as they went in`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let packets: [EnginePacket] = (0..<50).map { _ in
            let count = Int.random(in: 0...200, using: &random)
            if Bool.random(using: &random) {
                return .message(.binary(Bytes((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })))
            }
            let scalars = (0..<count).map { _ in Unicode.Scalar(UInt32.random(in: 0x20...0xD7FF, using: &random)) }
            return .message(.text(String(String.UnicodeScalarView(scalars.compactMap(\.self)))))
        }
        var payload = try #require(EnginePayload(EnginePayload.encode(packets)))
        for packet in packets { #expect(try payload.next() == packet) }
        #expect(try payload.next() == nil)
    }

    @Test(arguments: 0..<20)
    func `any bytes are packets or a refusal`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let alphabet = Array("0123456b=A4\u{1E}\u{1E}é".utf8)
            let bytes = (0..<40).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }
            guard var payload = EnginePayload(Bytes(bytes)) else { continue }
            var count = 0
            while let packet = try? payload.next() {
                count += 1
                #expect(packet.text.utf8.count <= bytes.count)
            }
            #expect(count <= 40)
        }
    }
}
