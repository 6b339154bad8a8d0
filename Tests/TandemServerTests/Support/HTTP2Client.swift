// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import NIOCore
import NIOHPACK

/// An HTTP/2 frame as it is on the wire (RFC 9113, section 4.1).
struct RawFrame {
    enum Kind: UInt8 {
        case data, headers, priority, reset, settings, pushPromise, ping, goAway, windowUpdate, continuation
    }

    var kind: Kind
    var flags: UInt8 = 0
    var stream: UInt32 = 0
    var payload: [UInt8] = []

    static let ping = RawFrame(kind: .ping, payload: [0, 0, 0, 0, 0, 0, 0, 0])
    static let endStream: UInt8 = 1
    static let endHeaders: UInt8 = 4

    var endsStream: Bool { (self.kind == .data || self.kind == .headers) && self.flags & Self.endStream != 0 }
    var isAcknowledgement: Bool { (self.kind == .settings || self.kind == .ping) && self.flags & 1 != 0 }

    /// A number of 32 bits in the payload.
    func number(at offset: Int = 0) -> UInt32 {
        self.payload[offset..<(offset + 4)].reduce(0) { $0 << 8 | UInt32($1) }
    }

    var bytes: [UInt8] {
        let length = self.payload.count
        return [UInt8(length >> 16 & 0xFF), UInt8(length >> 8 & 0xFF), UInt8(length & 0xFF)]
            + [self.kind.rawValue, self.flags] + Self.bytes(of: self.stream) + self.payload
    }

    static func bytes(of number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}

/// A client that speaks HTTP/2 frame by frame, and may say anything.
final class HTTP2Client {
    let connection: RawConnection
    private var encoder = HPACKEncoder(allocator: ByteBufferAllocator())
    private var decoder = HPACKDecoder(allocator: ByteBufferAllocator())

    static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    static let get = [
        (":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "localhost"),
    ]
    static let post = [
        (":method", "POST"), (":scheme", "http"), (":path", "/"), (":authority", "localhost"),
    ]

    init(_ connection: RawConnection) {
        self.connection = connection
    }

    /// Connects, and sends the preface with settings (identifiers and values).
    static func open<Result>(
        to port: Int, settings: [(UInt16, UInt32)] = [], _ body: (HTTP2Client) async throws -> Result
    ) async throws -> Result {
        try await RawConnection.open(to: port) { connection in
            let client = HTTP2Client(connection)
            let payload = settings.flatMap { [UInt8($0.0 >> 8), UInt8($0.0 & 0xFF)] + RawFrame.bytes(of: $0.1) }
            try await connection.send(Self.preface + RawFrame(kind: .settings, payload: payload).bytes)
            return try await body(client)
        }
    }

    func send(_ frames: RawFrame...) async throws {
        try await self.connection.send(frames.flatMap(\.bytes))
    }

    /// A HEADERS frame.
    func headers(_ fields: [(String, String)], on stream: UInt32, ends: Bool = true) throws -> RawFrame {
        var block = ByteBuffer()
        try self.encoder.encode(headers: HPACKHeaders(fields), to: &block)
        let flags = RawFrame.endHeaders | (ends ? RawFrame.endStream : 0)
        return RawFrame(kind: .headers, flags: flags, stream: stream, payload: Array(block.readableBytesView))
    }

    /// A DATA frame.
    func data(_ text: String, on stream: UInt32, ends: Bool = true) -> RawFrame {
        RawFrame(kind: .data, flags: ends ? RawFrame.endStream : 0, stream: stream, payload: Array(text.utf8))
    }

    func windowUpdate(_ increment: UInt32, on stream: UInt32 = 0) -> RawFrame {
        RawFrame(kind: .windowUpdate, stream: stream, payload: RawFrame.bytes(of: increment))
    }

    func reset(_ stream: UInt32) -> RawFrame {
        RawFrame(kind: .reset, stream: stream, payload: RawFrame.bytes(of: 8))
    }

    /// The next frame, or `nil` where the server closes.
    func next() async throws -> RawFrame? {
        guard var head = try await self.connection.take(9), let length = head.readBytes(length: 3),
            let kind = head.readInteger(as: UInt8.self), let flags = head.readInteger(as: UInt8.self),
            let stream = head.readInteger(as: UInt32.self)
        else { return nil }
        let count = length.reduce(0) { $0 << 8 | Int($1) }
        guard let payload = try await self.connection.take(count), let kind = RawFrame.Kind(rawValue: kind) else {
            return nil
        }
        let frame = RawFrame(kind: kind, flags: flags, stream: stream, payload: Array(payload.readableBytesView))
        if frame.kind == .settings, !frame.isAcknowledgement {
            // A server that has closed meanwhile takes no acknowledgement.
            try? await self.send(RawFrame(kind: .settings, flags: 1))
        }
        return frame
    }

    /// The next frame of a kind; what comes before is skipped.
    func next(_ kind: RawFrame.Kind) async throws -> RawFrame? {
        while let frame = try await self.next() {
            if frame.kind == kind, !frame.isAcknowledgement { return frame }
        }
        return nil
    }

    /// Waits until each side knows the other's settings.
    func settle() async throws {
        try await self.send(.ping)
        while let frame = try await self.next(), frame.kind != .ping {}
        try await self.send(.ping)
        while let frame = try await self.next(), frame.kind != .ping {}
    }

    /// All frames until the server closes.
    func allFrames() async throws -> [RawFrame] {
        var frames: [RawFrame] = []
        while let frame = try await self.next() { frames.append(frame) }
        return frames
    }

    func fields(_ frame: RawFrame) throws -> HPACKHeaders {
        var block = ByteBuffer(bytes: frame.payload)
        return try self.decoder.decodeHeaders(from: &block)
    }
}

/// A response as an HTTP/2 client saw it.
struct HTTP2Response {
    var fields: HPACKHeaders = [:]
    var trailers: HPACKHeaders?
    var body: [UInt8] = []
    /// The code that the stream was reset with.
    var resetCode: UInt32?

    var status: String? { self.fields.first(name: ":status") }
    var text: String { String(decoding: self.body, as: UTF8.self) }
}

extension HTTP2Client {
    /// Reads the response on a stream to its end, or to its reset; frames of other streams are skipped.
    func response(on stream: UInt32) async throws -> HTTP2Response? {
        var response = HTTP2Response()
        while let frame = try await self.next() {
            guard frame.stream == stream else { continue }
            switch frame.kind {
            case .headers where response.fields.first(name: ":status") == nil:
                let fields = try self.fields(frame)
                if fields.first(name: ":status") != "100" { response.fields = fields }
            case .headers: response.trailers = try self.fields(frame)
            case .data: response.body += frame.payload
            case .reset:
                response.resetCode = frame.number()
                return response
            default: continue
            }
            if frame.endsStream { return response }
        }
        return nil
    }

    /// Sends a request without a body, and reads the response.
    func get(_ path: String, on stream: UInt32) async throws -> HTTP2Response? {
        var fields = Self.get
        fields[2] = (":path", path)
        try await self.send(self.headers(fields, on: stream))
        return try await self.response(on: stream)
    }
}
#endif
