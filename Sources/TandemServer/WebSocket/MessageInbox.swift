// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// The messages that have arrived and that nobody has taken yet, in order.
struct MessageInbox {
    private var messages: [WebSocketMessage] = []
    private var first = 0
    private var bytes = 0

    /// What a message is counted as besides its bytes, since an empty one takes memory too.
    private static let overhead = 64
    private static let limit = 64 * 1024

    /// Whether no more is to be read until some are taken.
    var isFull: Bool { self.bytes >= Self.limit }

    var isEmpty: Bool { self.first == self.messages.count }

    mutating func append(_ message: WebSocketMessage) {
        self.messages.append(message)
        self.bytes += message.count + Self.overhead
    }

    mutating func take() -> WebSocketMessage? {
        guard !self.isEmpty else { return nil }
        let message = self.messages[self.first]
        self.first += 1
        self.bytes -= message.count + Self.overhead
        // An idle connection holds no memory for messages.
        if self.isEmpty { self = MessageInbox() }
        return message
    }
}
