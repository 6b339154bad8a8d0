// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemServer

/// A client that speaks WebSocket frame by frame, and may say anything; for use within `blocking`.
// One thread at a time uses it: a test waits for each `blocking`.
final class WebSocketClient: @unchecked Sendable {
    let raw: RawClient

    /// Connects and shakes hands.
    init(_ address: BoundAddress, path: String = "/", behind: [UInt8] = [], receiveBuffer: Int? = nil) throws {
        self.raw = try RawClient(address, receiveBuffer: receiveBuffer)
        self.raw.send(Array(Self.request(path).utf8) + behind)
        guard let head = try self.readHead(), head.hasPrefix("HTTP/1.1 101 ") else { throw HandshakeRefused() }
    }

    struct HandshakeRefused: Error {}

    static func request(_ path: String = "/") -> String {
        "GET \(path) HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    }

    private func readHead() throws -> String? {
        while true {
            if let end = self.raw.received.firstRange(of: "\r\n\r\n".utf8)?.upperBound {
                return String(decoding: self.raw.take(end), as: UTF8.self)
            }
            guard try self.raw.readMore() else { return nil }
        }
    }

    /// A frame of the server's.
    struct Frame: Equatable {
        var opcode: UInt8
        var payload: [UInt8]

        static func text(_ text: String) -> Frame { Frame(opcode: 1, payload: Array(text.utf8)) }

        static func close(_ code: UInt16, _ reason: String = "") -> Frame {
            Frame(opcode: 8, payload: [UInt8(code >> 8), UInt8(code & 255)] + reason.utf8)
        }

        static let emptyClose = Frame(opcode: 8, payload: [])
    }

    func send(_ frames: [UInt8]...) {
        self.raw.send(frames.flatMap { $0 })
    }

    /// The next frame, or `nil` where the server closes.
    func next() throws -> Frame? {
        guard let head = try self.take(2) else { return nil }
        var length = Int(head[1] & 0x7F)
        if length > 125 {
            guard let bytes = try self.take(length == 126 ? 2 : 8) else { return nil }
            length = bytes.reduce(0) { $0 << 8 | Int($1) }
        }
        guard head[0] & 0xF0 == 0x80, head[1] & 0x80 == 0, let payload = try self.take(length) else { return nil }
        return Frame(opcode: head[0] & 15, payload: payload)
    }

    /// The code that the server closes with, once it has closed the connection too; other frames are skipped.
    func closeCode() throws -> UInt16? {
        while let frame = try self.next() {
            guard frame.opcode == 8 else { continue }
            guard try self.raw.readToEnd().isEmpty, !self.raw.wasReset else { return nil }
            return frame.payload.count < 2 ? 1005 : UInt16(frame.payload[0]) << 8 | UInt16(frame.payload[1])
        }
        return nil
    }

    private func take(_ count: Int) throws -> [UInt8]? {
        while self.raw.received.count < count {
            guard try self.raw.readMore() else { return nil }
        }
        return self.raw.take(count)
    }
}

/// A frame as a client sends it.
func clientFrame(_ opcode: UInt8, _ payload: some Sequence<UInt8>, isFinal: Bool = true) -> [UInt8] {
    let mask: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
    let payload = payload.enumerated().map { $1 ^ mask[$0 & 3] }
    var bytes = [(isFinal ? 0x80 : 0) | opcode]
    switch payload.count {
    case ...125: bytes.append(0x80 | UInt8(payload.count))
    case ...0xFFFF: bytes += [0xFE, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
    default: bytes += [0xFF] + (0..<8).reversed().map { UInt8(payload.count >> (8 * $0) & 255) }
    }
    return bytes + mask + payload
}

/// A text as a client sends it.
func clientText(_ text: String) -> [UInt8] { clientFrame(1, text.utf8) }

/// A close frame as a client sends it.
func clientClose(_ code: UInt16, _ reason: String = "") -> [UInt8] {
    clientFrame(8, [UInt8(code >> 8), UInt8(code & 255)] + reason.utf8)
}

/// Sends back what it gets.
struct EchoHandler: Handler {
    var settings = WebSocketSettings()
    /// Told how the messages ended, in the end.
    var ended: @Sendable (WebSocketError?) -> Void = { _ in }

    func respondImmediately(to request: Request) throws -> Response? {
        try Response.webSocket(request, self.settings) { [ended] socket in
            do throws(WebSocketError) {
                for try await message in socket.messages { try await socket.send(message) }
                ended(nil)
            } catch {
                ended(error)
            }
        }
    }

    func respond(to request: Request) async throws -> Response { Response(status: .notFound) }
}
