// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import TandemHTTP
import TandemSchema
import Testing

@testable import TandemRealtime

/// Packets of Socket.IO's protocol, as its specification and its parser's tests have them.
struct PacketCodecTests {
    private static func event(_ json: String) -> SocketIOPayload { SocketIOPayload(json: json) }

    private static let texts: [(String, SocketIOPacket)] = [
        ("0", SocketIOPacket(.connect)),
        ("0/admin,", SocketIOPacket(.connect, namespace: "/admin")),
        (#"0/admin,{"sid":"oSO0OpakMV_3jnilAAAA"}"#,
            SocketIOPacket(.connect, namespace: "/admin", payload: event(#"{"sid":"oSO0OpakMV_3jnilAAAA"}"#))),
        (#"0{"token":"123"}"#, SocketIOPacket(.connect, payload: event(#"{"token":"123"}"#))),
        ("1", SocketIOPacket(.disconnect)),
        ("1/admin,", SocketIOPacket(.disconnect, namespace: "/admin")),
        (#"2["foo"]"#, SocketIOPacket(.event, payload: event(#"["foo"]"#))),
        (#"2/admin,["bar"]"#, SocketIOPacket(.event, namespace: "/admin", payload: event(#"["bar"]"#))),
        (#"212["foo"]"#, SocketIOPacket(.event, id: 12, payload: event(#"["foo"]"#))),
        (#"2/a-b/c,0["1",1.5,null,{}]"#,
            SocketIOPacket(.event, namespace: "/a-b/c", id: 0, payload: event(#"["1",1.5,null,{}]"#))),
        (#"2[7,"a number"]"#, SocketIOPacket(.event, payload: event(#"[7,"a number"]"#))),
        (#"3/admin,13["bar"]"#, SocketIOPacket(.ack, namespace: "/admin", id: 13, payload: event(#"["bar"]"#))),
        ("30[]", SocketIOPacket(.ack, id: 0, payload: event("[]"))),
    ]

    @Test(arguments: texts)
    func `a packet is read from its text, and is written as it`(text: String, packet: SocketIOPacket) throws {
        var decoder = PacketDecoder()
        #expect(try decoder.take(.text(text)) == packet)
        #expect(packet.messages == [.text(text)])
    }

    @Test
    func `bytes stand beside the text, and placeholders where they belong`() throws {
        let (first, second) = (Bytes([1, 2]), Bytes([3]))
        let payload = SocketIOPayload(event: "foo", "bar", first, [second])
        let packet = SocketIOPacket(.event, namespace: "/admin", id: 4, payload: payload)
        let text =
            #"52-/admin,4["foo","bar",{"_placeholder":true,"num":0},[{"_placeholder":true,"num":1}]]"#
        #expect(packet.messages == [.text(text), .binary(first), .binary(second)])
        var decoder = PacketDecoder()
        #expect(try decoder.take(.text(text)) == nil)
        #expect(try decoder.take(.binary(first)) == nil)
        let read = try #require(try decoder.take(.binary(second)))
        #expect(read == packet)
        let event = try #require(SocketIOEvent(read.payload ?? payload))
        let (name, one, more) = try event.arguments(as: String.self, Bytes.self, [Bytes].self)
        #expect((name, one) == ("bar", first))
        #expect(more == [second])
        // The decoder goes on.
        #expect(try decoder.take(.text("1")) == SocketIOPacket(.disconnect))
    }

    @Test(arguments: [
        ("", PacketError.unknownKind), ("7", .unknownKind), ("x", .unknownKind), ("4{}", .invalidPayload),
        ("2", .invalidPayload), ("2{}", .invalidPayload), ("2[]", .invalidPayload), ("2[null]", .invalidPayload),
        (#"2["foo""#, .invalidPayload), (#"2["foo"]x"#, .invalidPayload), (#"2["foo",]"#, .invalidPayload),
        (#"2["connect"]"#, .invalidPayload), (#"2["disconnecting"]"#, .invalidPayload),
        (#"2["connect_error"]"#, .invalidPayload), (#"2"foo""#, .invalidPayload), ("2[{}]", .invalidPayload),
        ("3[]", .invalidPayload), ("31{}", .invalidPayload), ("31", .invalidPayload), ("01{}", .invalidPayload),
        ("0[]", .invalidPayload), ("0null", .invalidPayload), ("1{}", .invalidPayload), ("11", .invalidPayload),
        ("1/admin,{}", .invalidPayload), (#"2/admin["foo"]"#, .invalidPayload),
        (#"29999999999999999999["foo"]"#, .numberTooLong), ("5[]", .malformedAttachmentCount),
        (#"5-["foo"]"#, .malformedAttachmentCount), (#"5x-["foo"]"#, .malformedAttachmentCount),
        (#"51["foo"]"#, .malformedAttachmentCount), (#"5-1-["foo"]"#, .malformedAttachmentCount),
        (#"511-["foo"]"#, .tooManyAttachments), (#"5999999999999999-["foo"]"#, .tooManyAttachments),
        ("0/\(String(repeating: "a", count: 256)),", .namespaceTooLong),
        ("2\(String(repeating: "[", count: 129))", .invalidPayload),
        (#"2["foo",\#(String(repeating: "[", count: 128))\#(String(repeating: "]", count: 128))]"#, .invalidPayload),
    ])
    func `what is no packet is refused`(text: String, error: PacketError) {
        var decoder = PacketDecoder()
        #expect(throws: error) { try decoder.take(.text(text)) }
    }

    @Test
    func `bytes come where they were announced, and nothing else does`() throws {
        var decoder = PacketDecoder()
        #expect(throws: PacketError.strayAttachment) { try decoder.take(.binary([1])) }
        #expect(try decoder.take(.text(#"51-["foo",{"_placeholder":true,"num":0}]"#)) == nil)
        #expect(throws: PacketError.textAmongAttachments) { try decoder.take(.text("1")) }
        var none = PacketDecoder()
        #expect(try none.take(.text(#"50-["foo"]"#)) == SocketIOPacket(.event, payload: Self.event(#"["foo"]"#)))
    }

    @Test(arguments: [
        #"["foo",{"_placeholder":true,"num":1}]"#, #"["foo",{"_placeholder":true,"num":-1}]"#,
        #"["foo",{"_placeholder":true,"num":1e400}]"#, #"["foo",{"_placeholder":true}]"#,
        #"["foo",{"_placeholder":false,"num":0}]"#, #"["foo",{"num":0}]"#, #"["foo",7]"#, #"["foo","="]"#, #"["foo"]"#,
    ])
    func `a placeholder of nothing is no argument`(json: String) throws {
        let event = try #require(SocketIOEvent(SocketIOPayload(json: json, attachments: [[1]])))
        #expect(throws: ValidationError.self) { try event.arguments(as: Bytes.self) }
    }

    @Test
    func `arguments are read by their types, from left to right`() throws {
        let event = try #require(SocketIOEvent(SocketIOPayload(event: "foo", 1, "two", [3.5], Bool?.none)))
        #expect(event.name == "foo")
        #expect(event.arguments == [1, "two", [3.5], nil])
        let (one, two, three) = try event.arguments(as: Int.self, String.self, [Double].self)
        #expect((one, two, three) == (1, "two", [3.5]))
        // Those that follow are left alone, optional ones may be missing.
        let (_, _, _, _, more) = try event.arguments(
            as: Int.self, String.self, [Double].self, Bool?.self, String?.self
        )
        #expect(more == nil)
        let error = #expect(throws: ValidationError.self) { try event.arguments(as: Int.self, Int.self) }
        #expect(error?.violations.map(\.pointer) == ["/1"])
        let missing = #expect(throws: ValidationError.self) {
            try event.payload.values(as: String.self, Int.self, String.self, [Double].self, Bool?.self, Int.self)
        }
        #expect(missing?.violations.map(\.rule) == ["required"])
    }

    @Test
    func `a number without a text is null, as in JavaScript`() {
        #expect(SocketIOPayload(Double.infinity, 1).json == "[null,1]")
    }

    @Test(arguments: UInt64(0)..<64)
    func `whatever comes is refused or read, and what is read is written alike`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let alphabet = Array(#"0123456/,-[]{}":ae\ 1null_placeholder"#)
        for _ in 0..<100 {
            let count = Int.random(in: 0..<24, using: &random)
            let kind = "0123456"[..<"0123456".index("0123456".startIndex, offsetBy: Int.random(in: 0..<7, using: &random))]
            let text = kind.suffix(1) + (0..<count).map { _ in alphabet.randomElement(using: &random) ?? "0" }
            var decoder = PacketDecoder()
            guard let packet = try? decoder.take(.text(String(text))) else { continue }
            var again = PacketDecoder()
            #expect(try again.take(packet.messages[0]) == packet, "\(text)")
        }
    }

    @Test(arguments: UInt64(0)..<32)
    func `what is written is read as it was`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let text = String(String.UnicodeScalarView((0..<20).compactMap { _ in
            Unicode.Scalar(UInt32.random(in: 0...0x1FFFF, using: &random))
        }))
        let attachments = (0..<Int.random(in: 0...10, using: &random)).map { count in
            Bytes((0..<count * 7).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
        let payload = SocketIOPayload(event: text + "!", text, attachments, Int.random(in: .min ... .max, using: &random))
        let packet = SocketIOPacket(.event, namespace: "/n", id: 3, payload: payload)
        var decoder = PacketDecoder()
        var read: SocketIOPacket?
        for message in packet.messages { read = try decoder.take(message) }
        #expect(read == packet)
        let event = try #require(SocketIOEvent(payload))
        #expect(event.name == text + "!")
        let (first, second) = try event.arguments(as: String.self, [Bytes].self)
        #expect(first == text)
        #expect(second == attachments)
    }
}
