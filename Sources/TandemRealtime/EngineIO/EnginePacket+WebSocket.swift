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
    var onWebSocket: WebSocketMessage {
        if case .message(.binary(let bytes)) = self { .binary(bytes) } else { .text(self.text) }
    }
}

extension EngineMessage {
    /// Its packet as a message of a WebSocket.
    var onWebSocket: WebSocketMessage { EnginePacket.message(self).onWebSocket }
}
