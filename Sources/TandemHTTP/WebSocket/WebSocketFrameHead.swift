// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// What precedes the payload of a client's frame (RFC 6455, section 5.2).
struct WebSocketFrameHead {
    let opcode: WebSocketOpcode
    let isFinal: Bool
    /// The first reserved bit: the message is compressed (RFC 7692, section 6).
    let isCompressed: Bool
    /// The payload's mask, its first byte lowest.
    let mask: UInt32
    /// The payload's bytes.
    let length: Int

    /// Takes a head off the front of `input`, or returns `nil` where more bytes are needed; what is wrong with it is
    /// said as soon as it can be seen.
    static func take(
        _ input: inout ByteBuffer,
        compression: Bool,
        limit: Int
    ) throws(WebSocketError) -> WebSocketFrameHead? {
        let start = input.readerIndex
        guard let first = input.getInteger(at: start, as: UInt8.self) else { return nil }
        let isCompressed = first & 0x40 != 0
        guard let opcode = WebSocketOpcode(rawValue: first & 0x0F) else {
            throw .violated("The opcode \(first & 0x0F) is reserved.")
        }
        guard first & 0x30 == 0, !isCompressed || compression && (opcode == .text || opcode == .binary) else {
            throw .violated("A reserved bit is set.")
        }
        let isFinal = first & 0x80 != 0
        if opcode.isControl, !isFinal { throw .violated("A control frame is fragmented.") }
        guard let second = input.getInteger(at: start + 1, as: UInt8.self) else { return nil }
        guard second & 0x80 != 0 else { throw .violated("A client's frame is not masked.") }
        if opcode.isControl, second & 0x7F > 125 { throw .violated("A control frame is longer than 125 bytes.") }
        guard let (length, size) = try self.length(second & 0x7F, in: input, at: start + 2) else { return nil }
        if length > limit { throw WebSocketError(.messageTooBig, "A frame is longer than \(limit) bytes.") }
        guard let mask = input.getInteger(at: start + 2 + size, endianness: .little, as: UInt32.self) else {
            return nil
        }
        input.moveReaderIndex(forwardBy: 6 + size)
        return WebSocketFrameHead(
            opcode: opcode,
            isFinal: isFinal,
            isCompressed: isCompressed,
            mask: mask,
            length: length
        )
    }

    /// The payload's length, and the bytes that it takes besides the seven bits; it must be told in the fewest.
    private static func length(
        _ short: UInt8,
        in input: ByteBuffer,
        at index: Int
    ) throws(WebSocketError) -> (length: Int, size: Int)? {
        switch short {
        case 126:
            guard let length = input.getInteger(at: index, as: UInt16.self) else { return nil }
            guard length > 125 else { throw .violated("A length is not told in the fewest bytes.") }
            return (Int(length), 2)
        case 127:
            guard let length = input.getInteger(at: index, as: UInt64.self) else { return nil }
            guard length > UInt16.max else { throw .violated("A length is not told in the fewest bytes.") }
            guard let length = Int(exactly: length) else { throw .violated("The highest bit of a length is set.") }
            return (length, 8)
        default:
            return (Int(short), 0)
        }
    }
}

extension WebSocketError {
    /// The other side broke the protocol.
    static func violated(_ reason: String) -> WebSocketError { WebSocketError(.protocolError, reason) }
}
