// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// Messages that go out together and in order, to however many clients; encoded once.
package struct EngineBatch: Sendable {
    package let messages: [EngineMessage]
    /// What they are on a WebSocket.
    let frames: [WebSocketFrame]

    /// Messages between which nothing else comes.
    package init(_ messages: [EngineMessage]) {
        self.messages = messages
        self.frames = messages.map { EnginePacket.message($0).frame }
    }
}
