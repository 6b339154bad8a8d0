// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CTandemCodecs
import NIOCore

/// Packs the messages of one direction of a WebSocket (RFC 7692, section 7.2.1).
///
/// It holds zlib's state only where messages may refer to those before.
package struct MessageDeflater: ~Copyable {
    let settings: MessageDeflateSettings
    /// What the messages before left behind.
    private var encoder: ZlibEncoder?

    /// What zlib ends a flush with, and the receiver adds again (RFC 7692, section 7.2.1).
    static let tail: Bytes = Bytes([0x00, 0x00, 0xFF, 0xFF])
    /// zlib looks back this much less than its window.
    private static let lookAhead = 262
    /// More than a flush needs.
    private static let leastOutput = 64

    /// The server's side of an agreement.
    package init(_ agreement: MessageDeflateAgreement) {
        self.settings = agreement.settings
    }

    /// The payload to send with the first reserved bit set, or `nil` where the message is to be sent as it is: it is
    /// short, does not get smaller, or there is no memory.
    package mutating func deflate(_ message: Bytes) -> Bytes? {
        guard message.count >= max(1, self.settings.threshold) else { return nil }
        guard self.settings.serverContextTakeover else {
            guard let encoder = self.encoder(for: message.count) else { return nil }
            return Self.flush(message, encoder).flatMap { $0.count < message.count ? $0 : nil }
        }
        guard let encoder = self.encoder.take() ?? self.encoder(for: .max) else { return nil }
        let packed = Self.flush(message, encoder)
        self.encoder = consume encoder
        return packed
    }

    /// An encoder with a window that `count` bytes can use.
    private func encoder(for count: Int) -> ZlibEncoder? {
        var windowBits = self.settings.serverWindowBits
        while windowBits > 9, count <= 1 << (windowBits - 1) - Self.lookAhead { windowBits -= 1 }
        // zlib has no window of 2^8, and in one of 2^9 looks back 250 bytes at most.
        return try? ZlibEncoder(
            rawWindowBits: max(9, windowBits),
            level: self.settings.level,
            memoryLevel: self.settings.memoryLevel
        )
    }

    /// All of a message, without the tail of the flush.
    private static func flush(_ message: Bytes, _ encoder: borrowing ZlibEncoder) -> Bytes? {
        var input = message.buffer
        var output = ByteBuffer()
        // Text shrinks to a third or less.
        output.reserveCapacity(Self.leastOutput + input.readableBytes / 3)
        var outcome = CodecOutcome.full
        while outcome == .full {
            outcome = output.write(from: &input, room: max(Self.leastOutput, output.writableBytes)) { memory in
                encoder.step(memory, .flush)
            }
        }
        guard outcome == .drained, output.readableBytes > Self.tail.count else { return nil }
        output.moveWriterIndex(to: output.writerIndex - Self.tail.count)
        return Bytes(output)
    }
}
