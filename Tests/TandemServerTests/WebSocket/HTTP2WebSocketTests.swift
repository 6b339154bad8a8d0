// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import NIOHPACK
import Synchronization
import TandemHTTP
import TandemServer
import Testing

@Suite("WebSockets over HTTP/2, frame by frame", .timeLimit(.minutes(1)))
struct HTTP2WebSocketTests {
    static let connect = [
        (":method", "CONNECT"), (":protocol", "websocket"), (":scheme", "http"), (":path", "/"),
        (":authority", "localhost"), ("sec-websocket-version", "13"),
    ]

    private static func socket(
        _ handler: EchoHandler = EchoHandler(),
        settings: [(UInt16, UInt32)] = [],
        _ body: (HTTP2Client) async throws -> Void
    ) async throws {
        try await withServer(.test(), handler) { address in
            try await HTTP2Client.open(to: address.port ?? 0, settings: settings, body)
        }
    }

    private static func data(_ payload: [UInt8], on stream: UInt32 = 1, ends: Bool = false) -> RawFrame {
        RawFrame(kind: .data, flags: ends ? RawFrame.endStream : 0, stream: stream, payload: payload)
    }

    /// Opens a WebSocket, and returns the fields of the answer.
    private static func open(
        _ client: HTTP2Client,
        _ fields: [(String, String)] = [],
        on stream: UInt32 = 1
    ) async throws -> HPACKHeaders {
        try await client.send(client.headers(Self.connect + fields, on: stream, ends: false))
        let head = try #require(try await client.next(.headers))
        #expect(head.stream == stream && !head.endsStream)
        return try client.fields(head)
    }

    /// The bytes of the next DATA frames, so many of them.
    private static func bytes(_ count: Int, _ client: HTTP2Client) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count, let frame = try await client.next(.data) { bytes += frame.payload }
        return bytes
    }

    @Test("The server says that it can, and answers with 200 and no proof")
    func handshake() async throws {
        var settings = WebSocketSettings()
        settings.subprotocols = ["echo"]
        settings.compression = MessageDeflateSettings()
        try await Self.socket(EchoHandler(settings: settings)) { client in
            let sent = try #require(try await client.next(.settings)).payload
            let pairs = stride(from: 0, to: sent.count, by: 6).map { Array(sent[$0..<$0 + 6]) }
            #expect(pairs.contains([0, 8, 0, 0, 0, 1]))
            let fields = try await Self.open(
                client,
                [("sec-websocket-protocol", "other, echo"), ("sec-websocket-extensions", "permessage-deflate")]
            )
            #expect(fields.first(name: ":status") == "200")
            #expect(fields.first(name: "sec-websocket-protocol") == "echo")
            #expect(fields.first(name: "sec-websocket-extensions")?.hasPrefix("permessage-deflate") == true)
            for name in ["upgrade", "connection", "sec-websocket-accept", "content-length"] {
                #expect(!fields.contains(name: name))
            }
        }
    }

    @Test("Messages go both ways, on several streams, and a close ends the stream")
    func messages() async throws {
        let ends = Mutex<[WebSocketError?]>([])
        try await Self.socket(EchoHandler(ended: { error in ends.withLock { $0.append(error) } })) { client in
            for stream: UInt32 in [1, 3] {
                _ = try await Self.open(client, on: stream)
                let text = clientText("Hello")
                try await client.send(
                    Self.data(Array(text[..<3]), on: stream),
                    Self.data(Array(text[3...]), on: stream)
                )
                #expect(try await client.next(.data)?.payload == [0x81, 5] + Array("Hello".utf8))
            }
            try await client.send(Self.data(clientFrame(9, [1]), on: 3))
            #expect(try await client.next(.data)?.payload == [0x8A, 1, 1])
            try await client.send(Self.data(clientClose(1000), on: 1))
            #expect(try await client.next(.data)?.payload == [0x88, 2, 0x03, 0xE8])
            #expect(try await client.next(.data)?.endsStream == true)
            try await client.send(Self.data([], on: 1, ends: true), Self.data(clientText("a"), on: 3))
            let frame = try #require(try await client.next(.data))
            #expect(frame.stream == 3 && frame.payload == [0x81, 1, 0x61])
        }
        #expect(try await eventually { ends.withLock { $0.count } == 2 })
        #expect(ends.withLock { $0.first == .some(nil) })
    }

    @Test("A message longer than the windows of both sides arrives")
    func long() async throws {
        try await Self.socket { client in
            _ = try await Self.open(client)
            let payload = (0..<400_000).map { UInt8(truncatingIfNeeded: $0) }
            let frame = clientFrame(2, payload)
            try await client.send(client.windowUpdate(1_000_000), client.windowUpdate(1_000_000, on: 1))
            try await client.settle()
            for start in stride(from: 0, to: 200_000, by: 10_000) {
                try await client.send(Self.data(Array(frame[start..<start + 10_000])))
            }
            // The windows were 256 KiB and 1 MiB, and are opened again as the WebSocket reads.
            #expect(try await client.next(.windowUpdate) != nil)
            for start in stride(from: 200_000, to: frame.count, by: 10_000) {
                try await client.send(Self.data(Array(frame[start..<min(start + 10_000, frame.count)])))
            }
            let echo = try await Self.bytes(10 + payload.count, client)
            #expect(Array(echo.dropFirst(10)) == payload)
        }
    }

    @Test("A client that takes no more holds the WebSocket back, and gets all once it does")
    func flowControl() async throws {
        try await Self.socket(settings: [(4, 10)]) { client in
            _ = try await Self.open(client)
            try await client.send(Self.data((0..<10).flatMap { clientText("message \($0)") }))
            #expect(try await Self.bytes(10, client).count == 10)
            try await client.send(client.windowUpdate(100_000, on: 1))
            let rest = try await Self.bytes(100, client)
            #expect(String(decoding: rest.suffix(9), as: UTF8.self) == "message 9")
        }
    }

    @Test("What breaks WebSocket's protocol is closed with its code, and the connection goes on")
    func violation() async throws {
        try await Self.socket { client in
            _ = try await Self.open(client)
            try await client.send(Self.data([0x81, 0x01, 0x61]))
            #expect(try await client.next(.data)?.payload.starts(with: [0x88]) == true)
            #expect(try await client.next(.data)?.endsStream == true)
            _ = try await Self.open(client, on: 3)
            try await client.send(Self.data(clientText("a"), on: 3))
            #expect(try await Self.bytes(3, client) == [0x81, 1, 0x61])
        }
    }

    @Test("A stream that is reset, or ends without a close, tells the handler", arguments: [true, false])
    func lost(isReset: Bool) async throws {
        let ended = Mutex<WebSocketCloseCode?>(nil)
        try await Self.socket(EchoHandler(ended: { error in ended.withLock { $0 = error?.code } })) { client in
            _ = try await Self.open(client)
            try await client.send(isReset ? client.reset(1) : Self.data([], ends: true))
            #expect(try await eventually { ended.withLock { $0 } == .abnormal })
            if !isReset { #expect(try await client.next(.reset)?.stream == 1) }
        }
    }

    @Test(
        "What is no handshake is refused, and what is no WebSocket's route answers",
        arguments: [
            ([("sec-websocket-version", "12")], "426"), ([("sec-websocket-extensions", ";")], "400"),
            ([("origin", "http://elsewhere")], "403"),
        ]
    )
    func refused(fields: [(String, String)], status: String) async throws {
        try await Self.socket { client in
            let kept = Self.connect.filter { field in !fields.contains { $0.0 == field.0 } }
            try await client.send(client.headers(kept + fields, on: 1, ends: false))
            #expect(try await client.response(on: 1)?.status == status)
            #expect(try await client.get("/", on: 3)?.status == "426")
        }
    }
}
#endif
