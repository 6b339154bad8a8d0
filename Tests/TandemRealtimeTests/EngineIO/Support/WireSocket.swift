// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A WebSocket, frame by frame.
struct WireSocket: Sendable {
    let client: WireClient
    /// What the server answered to the handshake.
    let answer: WireAnswer

    init(port: Int, _ target: String, fields: [String: String] = [:]) throws {
        self.client = try WireClient(port: port)
        let handshake = [
            "connection": "Upgrade", "upgrade": "websocket", "sec-websocket-version": "13",
            "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        ]
        self.answer = try self.client.request("GET", target, fields: handshake.merging(fields) { $1 })
    }

    func send(_ text: String) { self.send(1, Array(text.utf8)) }

    /// Sends a frame, masked with zeros.
    func send(_ opcode: UInt8, _ payload: [UInt8]) {
        var frame: [UInt8] = [0x80 | opcode]
        switch payload.count {
        case ...125: frame.append(0x80 | UInt8(payload.count))
        case ...0xFFFF: frame += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        default:
            frame.append(0x80 | 127)
            frame += (0..<8).reversed().map { UInt8(truncatingIfNeeded: payload.count >> ($0 * 8)) }
        }
        self.client.send(frame + [0, 0, 0, 0] + payload)
    }

    /// The next frame; `nil` once the server closes, by a frame or without.
    func next() throws -> (opcode: UInt8, payload: [UInt8])? {
        let head = try self.client.take(2)
        guard head.count == 2 else { return nil }
        var count = Int(head[1])
        if count == 126 { count = try self.client.take(2).reduce(0) { $0 << 8 | Int($1) } }
        if count == 127 { count = try self.client.take(8).reduce(0) { $0 << 8 | Int($1) } }
        let payload = try self.client.take(count)
        return head[0] & 15 == 8 ? nil : (head[0] & 15, payload)
    }

    /// The next frame as text; `nil` once the server closes.
    func text() throws -> String? { try self.next().map { String(decoding: $0.payload, as: UTF8.self) } }
}
