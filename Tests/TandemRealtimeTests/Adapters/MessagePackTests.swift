// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import TandemHTTP
import Testing

@testable import TandemRealtime

@Suite("MessagePack, byte for byte as JavaScript's libraries write it")
struct MessagePackTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let value: MessagePackValue
        let bytes: [UInt8]

        var testDescription: String { "\(self.bytes.prefix(8))" }

        init(_ value: MessagePackValue, _ bytes: [UInt8]) {
            self.value = value
            self.bytes = bytes
        }
    }

    /// Each form at its first and its last value, of the specification.
    static let cases: [Case] = [
        Case(.null, [0xC0]), Case(.bool(false), [0xC2]), Case(.bool(true), [0xC3]),
        Case(0, [0]), Case(127, [0x7F]), Case(128, [0xCC, 0x80]), Case(255, [0xCC, 0xFF]),
        Case(256, [0xCD, 1, 0]), Case(65535, [0xCD, 0xFF, 0xFF]), Case(65536, [0xCE, 0, 1, 0, 0]),
        Case(4_294_967_295, [0xCE, 0xFF, 0xFF, 0xFF, 0xFF]), Case(4_294_967_296, [0xCF, 0, 0, 0, 1, 0, 0, 0, 0]),
        Case(-1, [0xFF]), Case(-32, [0xE0]), Case(-33, [0xD0, 0xDF]), Case(-128, [0xD0, 0x80]),
        Case(-129, [0xD1, 0xFF, 0x7F]), Case(-32769, [0xD2, 0xFF, 0xFF, 0x7F, 0xFF]),
        Case(-2_147_483_649, [0xD3, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF]),
        Case(.double(1.5), [0xCB, 0x3F, 0xF8, 0, 0, 0, 0, 0, 0]),
        Case("", [0xA0]), Case("ü", [0xA2, 0xC3, 0xBC]),
        Case(.string(String(repeating: "a", count: 31)), [0xBF] + Array(repeating: 0x61, count: 31)),
        Case(.string(String(repeating: "a", count: 32)), [0xD9, 32] + Array(repeating: 0x61, count: 32)),
        Case(.string(String(repeating: "a", count: 256)), [0xDA, 1, 0] + Array(repeating: 0x61, count: 256)),
        Case(.string(String(repeating: "a", count: 65536)), [0xDB, 0, 1, 0, 0] + Array(repeating: 0x61, count: 65536)),
        Case(.binary(Bytes([1, 2])), [0xC4, 2, 1, 2]),
        Case(.binary(Bytes(Array(repeating: 7, count: 256))), [0xC5, 1, 0] + Array(repeating: 7, count: 256)),
        Case(.array([]), [0x90]), Case(.array([1, "a"]), [0x92, 1, 0xA1, 0x61]),
        Case(.array(Array(repeating: .null, count: 16)), [0xDC, 0, 16] + Array(repeating: 0xC0, count: 16)),
        Case(["a": 1, "b": .null], [0x82, 0xA1, 0x61, 1, 0xA1, 0x62, 0xC0]),
    ]

    @Test(arguments: Self.cases)
    func `A value is written and read back`(example: Case) throws {
        #expect(MessagePackWriter.write(example.value) == example.bytes)
        #expect(try MessagePackReader.read(example.bytes) == example.value)
    }

    @Test(arguments: [
        // undefined, an ArrayBuffer, a Date of each library, a float of four bytes, a number beyond Int.
        Case(.null, [0xD4, 0, 0]), Case(.binary(Bytes([9, 8, 7])), [0xC7, 3, 0, 9, 8, 7]),
        Case("1970-01-01T00:00:01.500Z", [0xD7, 0, 0, 0, 0, 0, 0, 0, 5, 0xDC]),
        Case("1970-01-01T00:00:02.000Z", [0xD6, 0xFF, 0, 0, 0, 2]), Case(.double(0.5), [0xCA, 0x3F, 0, 0, 0]),
        Case(.double(18_446_744_073_709_551_616), [0xCF] + Array(repeating: 0xFF, count: 8)),
    ])
    func `What only others write is read`(example: Case) throws {
        #expect(try MessagePackReader.read(example.bytes) == example.value)
    }

    @Test
    func `Bytes that end early are refused wherever they end`() {
        for example in Self.cases where example.bytes.count < 1000 {
            for length in 0..<example.bytes.count {
                #expect(throws: MessagePackError.self) {
                    try MessagePackReader.read(Array(example.bytes.prefix(length)))
                }
            }
        }
    }

    @Test(
        arguments: [
            ([0xC1], MessagePackError.unknownType(0xC1)), ([1, 2], .trailing), ([0xA1, 0xFF], .malformed),
            ([0x81, 1, 1], .malformed), ([0xDD, 0xFF, 0xFF, 0xFF, 0xFF], .truncated),
            ([0xDF, 0xFF, 0xFF, 0xFF, 0xFF], .truncated), ([0xC6, 0xFF, 0xFF, 0xFF, 0xFF], .truncated),
            ([0xD5, 7, 0, 0], .unknownType(7)), (Array(repeating: 0x91, count: 65), .tooDeep),
        ] as [([UInt8], MessagePackError)]
    )
    func `What is none, or too much, is refused`(bytes: [UInt8], error: MessagePackError) {
        #expect(throws: error) { try MessagePackReader.read(bytes) }
    }

    @Test
    func `Made-up bytes never trap, and what is read is written so that it is read as the same`() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 1...24, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            guard let value = try? MessagePackReader.read(bytes), !value.jsonText.isEmpty else { continue }
            let again = try MessagePackReader.read(MessagePackWriter.write(value))
            #expect(MessagePackWriter.write(again) == MessagePackWriter.write(value))
        }
    }

    @Test
    func `A packet's text and bytes become one value, and two again`() {
        let payload = SocketIOPayload(
            json: #"["file",{"name":"a","data":{"_placeholder":true,"num":1}},{"_placeholder":true,"num":0},1.0,2.5]"#,
            attachments: ["zero", "one"]
        )
        let value = MessagePackValue(payload)
        #expect(value == .array(["file", ["name": "a", "data": .binary("one")], .binary("zero"), 1, .double(2.5)]))
        #expect(
            value.payload.json
                == #"["file",{"name":"a","data":{"_placeholder":true,"num":0}},{"_placeholder":true,"num":1},1,2.5]"#
        )
        #expect(value.payload.attachments == ["one", "zero"])
        #expect(MessagePackValue.binary(Bytes([1, 2])).jsonText == #"{"type":"Buffer","data":[1,2]}"#)
    }
}
