// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Says when bytes that arrive are worth a look: once a further line has ended, or once there are as many as a limit
/// allows.
///
/// So a client that sends byte by byte costs a pass a line.
struct LineWatch: Sendable {
    private var seen = 0
    private var due = 0

    /// Whether to look at `buffer`; the first time, always.
    mutating func isDue(_ buffer: ByteBuffer) -> Bool {
        if buffer.readableBytes >= self.due { return true }
        let fresh = buffer.readableBytesView.dropFirst(self.seen)
        self.seen = buffer.readableBytes
        return fresh.contains(UInt8(ascii: "\n"))
    }

    /// Waits for a further line, or for `count` bytes in all.
    mutating func wait(_ buffer: ByteBuffer, upTo count: Int) {
        self.seen = buffer.readableBytes
        self.due = count
    }
}
