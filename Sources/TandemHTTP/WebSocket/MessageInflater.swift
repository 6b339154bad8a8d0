// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CTandemCodecs
import NIOCore

/// Unpacks the messages of one direction of a WebSocket as they come, each up to a limit (RFC 7692, section 7.2.2).
///
/// Between messages it holds zlib's state only where they may refer to those before.
package struct MessageInflater: ~Copyable {
    private let settings: MessageDeflateSettings
    /// What this message or those before left behind.
    private var decoder: ZlibDecoder?
    /// Whether the last block of a stream is over; another may follow it (RFC 7692, section 7.2.3.4).
    private var hasEnded = false

    /// The most bytes that one step gives: a bomb is found before it takes more memory.
    private static let chunk = 64 * 1024

    /// What a client sends under an agreement.
    package init(_ agreement: MessageDeflateAgreement) {
        self.settings = agreement.settings
    }

    /// Unpacks a part of a message to the end of what is unpacked of it.
    ///
    /// - Parameters:
    ///   - payload: What came, unmasked.
    ///   - isLast: Whether the message ends with it.
    ///   - message: What the parts before it gave.
    ///   - limit: The most bytes that the message may have.
    /// - Throws: Why the connection is over.
    package mutating func inflate(
        _ payload: Bytes,
        isLast: Bool,
        to message: inout Bytes,
        limit: Int
    ) throws(MessageInflaterError) {
        guard let decoder = self.decoder.take() ?? self.makeDecoder() else { throw .outOfMemory }
        try self.decode(payload, decoder, to: &message, limit: limit)
        // Who ends a stream instead of flushing it may have left out the block that the tail would complete.
        if isLast, !self.hasEnded {
            try self.decode(MessageDeflater.tail, decoder, to: &message, limit: limit)
            guard decoder.isBetweenBlocks else { throw .malformed }
        }
        if !isLast || self.settings.clientContextTakeover {
            self.decoder = consume decoder
        } else {
            self.hasEnded = false
        }
    }

    private func makeDecoder() -> ZlibDecoder? {
        try? ZlibDecoder(rawWindowBits: self.settings.clientWindowBits)
    }

    private mutating func decode(
        _ payload: Bytes,
        _ decoder: borrowing ZlibDecoder,
        to message: inout Bytes,
        limit: Int
    ) throws(MessageInflaterError) {
        var input = payload.buffer
        var outcome = CodecOutcome.drained
        while input.readableBytes > 0 || outcome == .full {
            if self.hasEnded { decoder.resume() }
            self.hasEnded = false
            outcome = try Self.step(&input, decoder, to: &message.buffer, limit: limit)
            switch outcome {
            case .failed: throw .malformed
            case .ended: self.hasEnded = true
            case .full, .drained: break
            }
        }
    }

    private static func step(
        _ input: inout ByteBuffer,
        _ decoder: borrowing ZlibDecoder,
        to message: inout ByteBuffer,
        limit: Int
    ) throws(MessageInflaterError) -> CodecOutcome {
        let left = limit - message.readableBytes
        guard left > 0 else {
            // One byte tells a bomb from a message that just fits.
            var excess = ByteBuffer()
            let outcome = excess.write(from: &input, room: 1) { decoder.step($0) }
            guard excess.readableBytes == 0 else { throw .tooLong }
            return outcome
        }
        let expected = max(message.writableBytes, 64, input.readableBytes * 4)
        return message.write(from: &input, room: min(left, expected, Self.chunk)) { decoder.step($0) }
    }
}

/// Why a packed message cannot be unpacked; the connection is over.
package enum MessageInflaterError: Error {
    /// It is not what deflate makes, or looks back further than was agreed.
    case malformed
    /// It is longer than the limit.
    case tooLong
    case outOfMemory
}
