// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import NIOCore
import Synchronization

/// A frame of the server's, encoded: what is sent to many sockets is encoded once, and packed once.
package struct WebSocketFrame: Sendable {
    package let bytes: ByteBuffer
    /// The message in it, where it is one.
    fileprivate let message: WebSocketMessage?
    fileprivate let packed: PackedFrames?

    /// A whole message.
    package init(_ message: WebSocketMessage) {
        var bytes = ByteBuffer()
        bytes.writeFrame(message)
        self.bytes = bytes
        self.message = message
        self.packed = PackedFrames()
    }

    /// A frame that asks whether the client is there.
    package static let ping = WebSocketFrame(.ping, Bytes())

    /// A control frame: at most 125 bytes.
    package init(_ opcode: WebSocketOpcode, _ payload: Bytes) {
        var bytes = ByteBuffer()
        bytes.writeFrame(opcode, payload.prefix(125))
        self.bytes = bytes
        self.message = nil
        self.packed = nil
    }

    /// The last frame of the server's.
    ///
    /// - Parameters:
    ///   - code: What may not be sent is left out.
    ///   - reason: Cut to 123 bytes, between two characters.
    package static func close(_ code: WebSocketCloseCode, reason: String) -> WebSocketFrame {
        guard code.isSendable else { return WebSocketFrame(.close, Bytes()) }
        var reason = reason[...]
        while reason.utf8.count > 123 { reason.removeLast() }
        var payload = ByteBuffer(integer: code.rawValue)
        payload.writeSubstring(reason)
        return WebSocketFrame(.close, Bytes(payload))
    }
}

/// A message packed by each of the settings that sockets agreed on, made when first asked for.
private final class PackedFrames: Sendable {
    private let frames = Mutex<[MessageDeflateSettings: ByteBuffer?]>([:])

    /// What was made by settings; `.some(nil)` for a message that goes as it is.
    func frame(by settings: MessageDeflateSettings) -> ByteBuffer?? {
        self.frames.withLock { $0[settings] }
    }

    func keep(_ frame: ByteBuffer?, by settings: MessageDeflateSettings) {
        self.frames.withLock { $0[settings] = .some(frame) }
    }
}

extension MessageDeflater {
    /// A frame with its message packed; `nil` where it is to be sent as it is.
    package mutating func packed(_ frame: WebSocketFrame) -> ByteBuffer? {
        guard let message = frame.message, let packed = frame.packed else { return nil }
        // A message that may refer to those before is another one for each socket.
        if self.settings.serverContextTakeover { return self.frame(message) }
        if let known = packed.frame(by: self.settings) { return known }
        let made = self.frame(message)
        packed.keep(made, by: self.settings)
        return made
    }

    /// A message as one frame, packed; `nil` where it is to be sent as it is.
    package mutating func frame(_ message: WebSocketMessage) -> ByteBuffer? {
        guard message.count >= self.settings.threshold else { return nil }
        let (opcode, bytes): (WebSocketOpcode, Bytes) =
            switch message {
            case .text(let text): (.text, Bytes(text))
            case .binary(let bytes): (.binary, bytes)
            }
        return self.deflate(bytes).map { packed in
            var frame = ByteBuffer()
            frame.writeFrame(opcode, packed, isCompressed: true)
            return frame
        }
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
            frame.appendFrameHead(.text, isCompressed: false, count: count)
            frame.append(text: text)
        }
    }

    /// Writes bytes as one frame.
    package mutating func writeFrame(_ opcode: WebSocketOpcode, _ payload: Bytes, isCompressed: Bool = false) {
        self.writeWithOutputRawSpan(minimumWritableBytes: payload.count + Self.frameHeadSize) { frame in
            frame.appendFrameHead(opcode, isCompressed: isCompressed, count: payload.count)
            frame.append(copying: payload.buffer.readableBytesSpan)
        }
    }

    private static var frameHeadSize: Int { 10 }
}

extension OutputRawSpan {
    /// Writes what precedes the payload of an unmasked frame that is a whole message.
    fileprivate mutating func appendFrameHead(_ opcode: WebSocketOpcode, isCompressed: Bool, count: Int) {
        self.append((isCompressed ? 0xC0 : 0x80) | opcode.rawValue)
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
