// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// A packet of Engine.IO, protocol 4.
enum EnginePacket: Sendable, Hashable {
    /// What a session is, as JSON.
    case open(String)
    case close
    case ping(String)
    case pong(String)
    case message(EngineMessage)
    case upgrade
    case noop

    /// Reads a packet from its text, as polling and WebSockets have it; `nil` where it is none.
    init?(text: some StringProtocol) {
        guard let type = text.utf8.first else { return nil }
        let data = text[text.utf8.index(after: text.startIndex)...]
        switch type {
        case UInt8(ascii: "0"): self = .open(String(data))
        case UInt8(ascii: "1"): self = .close
        case UInt8(ascii: "2"): self = .ping(String(data))
        case UInt8(ascii: "3"): self = .pong(String(data))
        case UInt8(ascii: "4"): self = .message(.text(String(data)))
        case UInt8(ascii: "5"): self = .upgrade
        case UInt8(ascii: "6"): self = .noop
        case UInt8(ascii: "b"):
            guard let bytes = Bytes(base64: String(data)) else { return nil }
            self = .message(.binary(bytes))
        default: return nil
        }
    }

    /// The packet as text; what is binary in base64.
    var text: String {
        switch self {
        case .open(let data): "0\(data)"
        case .close: "1"
        case .ping(let data): "2\(data)"
        case .pong(let data): "3\(data)"
        case .message(.text(let text)): "4\(text)"
        case .message(.binary(let bytes)): "b\(bytes.base64)"
        case .upgrade: "5"
        case .noop: "6"
        }
    }

    /// About how many bytes it is; exactly so where it is text.
    var byteCount: Int {
        switch self {
        case .open(let data), .ping(let data), .pong(let data): data.utf8.count + 1
        case .message(let message): message.byteCount + 1
        case .close, .upgrade, .noop: 1
        }
    }
}
