// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import SeededRandom
import TandemFuzzing
import TandemHTTP
import Testing

/// Each rule of RFC 6455 for a client's frames, by its bytes; each input is read whole, byte by byte, and in halves.
@Suite("Frames of a WebSocket")
struct WebSocketParserTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        var events: [WebSocketParser.Event] = []
        var failure: WebSocketCloseCode?

        init(
            _ name: String,
            _ bytes: [UInt8],
            _ events: WebSocketParser.Event...,
            fails failure: WebSocketCloseCode? = nil
        ) {
            self.testDescription = name
            self.bytes = bytes
            self.events = events
            self.failure = failure
        }
    }

    private static let settings: WebSocketSettings = {
        var settings = WebSocketSettings()
        settings.maxMessageBytes = 70_000
        settings.maxFrameBytes = 69_000
        return settings
    }()

    static let messages: [Case] = [
        Case("a text", clientFrame(.text, "Hello"), .message(.text("Hello"))),
        Case("an empty text", clientFrame(.text, ""), .message(.text(""))),
        Case("bytes", clientFrame(.binary, [0, 255, 7]), .message(.binary(Bytes([0, 255, 7])))),
        Case("no bytes", clientFrame(.binary, []), .message(.binary(Bytes()))),
        Case(
            "two messages",
            clientFrame(.text, "a") + clientFrame(.text, "b"),
            .message(.text("a")),
            .message(.text("b"))
        ),
        Case("125 bytes", clientFrame(.text, letters(125)), .message(.text(letters(125)))),
        Case("126 bytes", clientFrame(.text, letters(126)), .message(.text(letters(126)))),
        Case("65,535 bytes", clientFrame(.text, letters(65_535)), .message(.text(letters(65_535)))),
        Case("65,536 bytes", clientFrame(.text, letters(65_536)), .message(.text(letters(65_536)))),
        Case(
            "three fragments",
            clientFrame(.text, "Hel", isFinal: false) + clientFrame(.continuation, "", isFinal: false)
                + clientFrame(.continuation, "lo"),
            .message(.text("Hello"))
        ),
        Case(
            "a fragmented run of bytes",
            clientFrame(.binary, [1, 2, 3], isFinal: false) + clientFrame(.continuation, [4, 5, 6, 7, 8]),
            .message(.binary(Bytes([1, 2, 3, 4, 5, 6, 7, 8])))
        ),
        Case(
            "a ping within a message",
            clientFrame(.text, "a", isFinal: false) + clientFrame(.ping, "p") + clientFrame(.continuation, "b"),
            .ping("p"),
            .message(.text("ab"))
        ),
        Case("a pong that nobody asked for", clientFrame(.pong, "x"), .pong),
        Case("a ping of 125 bytes", clientFrame(.ping, letters(125)), .ping(Bytes(letters(125)))),
        Case(
            "a character in two fragments",
            clientFrame(.text, [0x48, 0xF0, 0x9F], isFinal: false) + clientFrame(.continuation, [0x98, 0x80]),
            .message(.text("H😀"))
        ),
        Case("a close without a code", clientFrame(.close, []), .close(.noStatus, reason: "")),
        Case("a close", clientFrame(.close, [0x03, 0xE8] + "bye".utf8), .close(.normal, reason: "bye")),
        Case(
            "a close of an application",
            clientFrame(.close, [0x0F, 0xA0]),
            .close(.init(rawValue: 4000), reason: "")
        ),
    ]

    static let violations: [Case] =
        [
            Case("the first reserved bit", [0xC1, 0x80, 0, 0, 0, 0], fails: .protocolError),
            Case("the second reserved bit", [0xA1, 0x80, 0, 0, 0, 0], fails: .protocolError),
            Case("the third reserved bit", [0x91, 0x80, 0, 0, 0, 0], fails: .protocolError),
            Case("no mask", [0x81, 0x01, 0x61], fails: .protocolError),
            Case("a continuation of nothing", clientFrame(.continuation, "a"), fails: .protocolError),
            Case(
                "a message within another",
                clientFrame(.text, "a", isFinal: false) + clientFrame(.text, "b"),
                fails: .protocolError
            ),
            Case(
                "a continuation behind the end",
                clientFrame(.text, "a") + clientFrame(.continuation, "b"),
                .message(.text("a")),
                fails: .protocolError
            ),
            Case("a fragmented ping", clientFrame(.ping, "", isFinal: false), fails: .protocolError),
            Case("a fragmented close", clientFrame(.close, [], isFinal: false), fails: .protocolError),
            Case("a ping of 126 bytes", [0x89, 0xFE, 0, 126], fails: .protocolError),
            Case("a close with half a code", clientFrame(.close, [3]), fails: .protocolError),
            Case("a close whose reason is no text", clientFrame(.close, [3, 0xE8, 0xFF]), fails: .invalidPayload),
            Case("a length of 125 in two bytes", [0x82, 0xFE, 0, 125], fails: .protocolError),
            Case(
                "a length of 65,535 in eight bytes",
                [0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF],
                fails: .protocolError
            ),
            Case("a length with the highest bit", [0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0], fails: .protocolError),
            Case("a frame over the limit", [0x82, 0xFF, 0, 0, 0, 0, 0, 1, 0x0D, 0x89], fails: .messageTooBig),
            Case(
                "fragments over the limit",
                clientFrame(.binary, [UInt8](repeating: 0, count: 40_000), isFinal: false)
                    + clientFrame(.continuation, [UInt8](repeating: 0, count: 30_001)),
                fails: .messageTooBig
            ),
            Case("a text that is not UTF-8", clientFrame(.text, [0x61, 0xFF]), fails: .invalidPayload),
            Case(
                "a text that ends within a character",
                clientFrame(.text, [0x61, 0xE2, 0x82]),
                fails: .invalidPayload
            ),
            // What cannot become a character is seen before its frame is whole, or its message.
            Case(
                "the beginning of what is not UTF-8",
                Array(clientFrame(.text, [0x61, 0xC0, 0x80, 0x61]).prefix(8)),
                fails: .invalidPayload
            ),
            Case("a surrogate, cut", clientFrame(.text, [0xED, 0xA0], isFinal: false), fails: .invalidPayload),
            Case(
                "beyond the last character",
                clientFrame(.text, [0xF4, 0x90], isFinal: false),
                fails: .invalidPayload
            ),
            Case("too long an encoding", clientFrame(.text, [0xE0, 0x80], isFinal: false), fails: .invalidPayload),
            Case(
                "a fragment that breaks a character off",
                clientFrame(.text, [0xE2, 0x82], isFinal: false) + clientFrame(.continuation, "a", isFinal: false),
                fails: .invalidPayload
            ),
        ]
        + [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map {
            Case("the opcode \($0)", [0x80 | $0, 0x80, 0, 0, 0, 0], fails: .protocolError)
        }
        + [0, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000, 65_535].map { (code: UInt16) in
            Case(
                "the close code \(code)",
                clientFrame(.close, [UInt8(code >> 8), UInt8(code & 255)]),
                fails: .protocolError
            )
        }

    @Test("Messages and control frames are read", arguments: messages)
    func reads(example: Case) throws {
        for pieces in Self.splits(of: example.bytes) {
            let reading = Self.reading(pieces)
            #expect(reading.events == example.events)
            #expect(reading.failure == nil)
        }
    }

    @Test("What the RFC says to fail a connection for is failed, with its code", arguments: violations)
    func fails(example: Case) throws {
        for pieces in Self.splits(of: example.bytes) {
            let reading = Self.reading(pieces)
            #expect(reading.events == example.events)
            #expect(reading.failure == example.failure)
        }
    }

    @Test("Messages split at random places are read alike")
    func random() {
        var random = SeededGenerator(seed: 6455)
        for _ in 0..<300 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes += (Self.messages + Self.violations).randomElement(using: &random)?.bytes ?? []
            }
            let whole = Self.reading([bytes])
            var pieces: [[UInt8]] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...max(rest.count / 2, 1), using: &random)
                pieces.append(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            #expect(Self.reading(pieces) == whole)
        }
    }

    private static func reading(_ pieces: [[UInt8]]) -> WebSocketReading {
        WebSocketReading(pieces.map { ByteBuffer(bytes: $0) }, self.settings)
    }

    /// The bytes whole, one by one where they are few, and in halves.
    private static func splits(of bytes: [UInt8]) -> [[[UInt8]]] {
        let half = bytes.count / 2
        let small = bytes.count <= 1000 ? [bytes.map { [$0] }] : []
        return small + [[bytes], [Array(bytes[..<half]), Array(bytes[half...])]]
    }

    private static func letters(_ count: Int) -> String { String(repeating: "x", count: count) }
}

/// A frame as a client sends it.
func clientFrame(_ opcode: WebSocketOpcode, _ payload: some Sequence<UInt8>, isFinal: Bool = true) -> [UInt8] {
    let mask: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
    let payload = payload.enumerated().map { $1 ^ mask[$0 & 3] }
    var bytes = [(isFinal ? 0x80 : 0) | opcode.rawValue]
    switch payload.count {
    case ...125: bytes.append(0x80 | UInt8(payload.count))
    case ...0xFFFF: bytes += [0xFE, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
    default: bytes += [0xFF] + (0..<8).reversed().map { UInt8(payload.count >> (8 * $0) & 255) }
    }
    return bytes + mask + payload
}

/// A frame of text as a client sends it.
func clientFrame(_ opcode: WebSocketOpcode, _ text: String, isFinal: Bool = true) -> [UInt8] {
    clientFrame(opcode, text.utf8, isFinal: isFinal)
}
