// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

extension EnginePacket {
    /// Reads a packet from a message of a WebSocket; `nil` where it is none.
    init?(_ message: WebSocketMessage) {
        switch message {
        case .text(let text): self.init(text: text)
        case .binary(let bytes): self = .message(.binary(bytes))
        }
    }

    /// The packet as a message of a WebSocket.
    var frame: WebSocketFrame {
        if case .message(.binary(let bytes)) = self { return WebSocketFrame(.binary(bytes)) }
        return WebSocketFrame(.text(self.text))
    }
}
