// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// A frame of the server's, encoded: what is sent to many sockets is encoded once.
package struct WebSocketFrame: Sendable {
    package let bytes: ByteBuffer

    /// A whole message.
    package init(_ message: WebSocketMessage) {
        var bytes = ByteBuffer()
        bytes.writeFrame(message)
        self.bytes = bytes
    }

    /// A frame that asks whether the client is there.
    package static let ping = WebSocketFrame(.ping, Bytes())

    /// A control frame: at most 125 bytes.
    package init(_ opcode: WebSocketOpcode, _ payload: Bytes) {
        var bytes = ByteBuffer()
        bytes.writeFrame(opcode, payload.prefix(125))
        self.bytes = bytes
    }

    /// The last frame of the server's.
    ///
    /// - Parameters:
    ///   - code: What may not be sent is left out.
    ///   - reason: Cut to 123 bytes, between two characters.
    package static func close(_ code: WebSocketCloseCode, reason: String) -> WebSocketFrame {
        guard code.isSendable else { return WebSocketFrame(.close, Bytes()) }
        var reason = reason[...]
        while reason.utf8.count > 123 { reason.unicodeScalars.removeLast() }
        var payload = ByteBuffer(integer: code.rawValue)
        payload.writeSubstring(reason)
        return WebSocketFrame(.close, Bytes(payload))
    }
}

extension ByteBuffer {
    /// Writes a message as one frame.
    package mutating func writeFrame(_ message: WebSocketMessage) {
        switch message {
        case .text(let text): self.writeFrame(text)
        case .binary(let bytes): self.writeFrame(.binary, bytes)
        }
    }

    /// Writes a text as one frame.
    package mutating func writeFrame(_ text: String) {
        let count = text.utf8.count
        self.writeWithOutputRawSpan(minimumWritableBytes: count + Self.frameHeadSize) { frame in
            frame.appendFrameHead(.text, count: count)
            frame.append(text: text)
        }
    }

    /// Writes bytes as one frame.
    package mutating func writeFrame(_ opcode: WebSocketOpcode, _ payload: Bytes) {
        self.writeWithOutputRawSpan(minimumWritableBytes: payload.count + Self.frameHeadSize) { frame in
            frame.appendFrameHead(opcode, count: payload.count)
            frame.append(copying: payload.buffer.readableBytesSpan)
        }
    }

    private static var frameHeadSize: Int { 10 }
}

extension OutputRawSpan {
    /// Writes what precedes the payload of an unmasked frame that is a whole message.
    fileprivate mutating func appendFrameHead(_ opcode: WebSocketOpcode, count: Int) {
        self.append(0x80 | opcode.rawValue)
        let lengthBytes: Int
        switch count {
        case ...125:
            return self.append(UInt8(truncatingIfNeeded: count))
        case ...0xFFFF:
            self.append(126)
            lengthBytes = 2
        default:
            self.append(127)
            lengthBytes = 8
        }
        for index in (0..<lengthBytes).reversed() { self.append(UInt8(truncatingIfNeeded: count >> (8 * index))) }
    }
}
