// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// Reads messages off a connection's bytes (RFC 6455, section 5), without I/O.
///
/// Give it the bytes that have arrived; it takes them off the front, and says what they come to. What the RFC says to
/// fail a connection for is an error, with the code to close it with; nothing is to be read after it.
package struct WebSocketParser: ~Copyable {
    /// What has arrived.
    package enum Event: Sendable, Hashable {
        /// A whole message.
        case message(WebSocketMessage)
        /// To be answered with a pong that says the same.
        case ping(Bytes)
        case pong
        /// The client's last frame.
        case close(WebSocketCloseCode, reason: String)
    }

    private let maxFrameBytes: Int
    private let maxMessageBytes: Int
    /// What unpacks messages, where that was agreed on.
    private var inflater: MessageInflater?
    /// The frame whose payload is being read.
    private var frame: Frame?
    /// The message that is not yet whole.
    private var message: PartialMessage?

    /// A frame's head, less what was taken of its payload.
    private struct Frame {
        let opcode: WebSocketOpcode
        let isFinal: Bool
        var mask: UInt32
        var left: Int
    }

    /// A parser of a connection's bytes.
    ///
    /// - Parameters:
    ///   - settings: What the WebSocket allows.
    ///   - compression: What was agreed on for packing messages.
    package init(_ settings: WebSocketSettings, compression: MessageDeflateAgreement? = nil) {
        self.maxFrameBytes = settings.maxFrameBytes
        self.maxMessageBytes = settings.maxMessageBytes
        self.inflater = compression.map { MessageInflater($0) }
    }

    /// What comes next, or `nil` where more bytes are needed.
    package mutating func next(_ input: inout ByteBuffer) throws(WebSocketError) -> Event? {
        while true {
            if self.frame == nil {
                guard let head = try self.takeHead(&input) else { return nil }
                if let event = try self.wholeMessage(head, &input) { return event }
            }
            guard let frame = self.frame else { continue }
            if frame.opcode.isControl {
                guard input.readableBytes >= frame.left else { return nil }
                self.frame = nil
                return try Self.event(of: frame, payload: Self.take(frame.left, mask: frame.mask, off: &input))
            }
            guard try self.takePart(of: frame, &input) else { return nil }
            if frame.isFinal, let message = self.message.take() { return .message(try message.finished()) }
        }
    }

    /// Reads a frame's head, and what it says about its message.
    private mutating func takeHead(_ input: inout ByteBuffer) throws(WebSocketError) -> WebSocketFrameHead? {
        let compression = self.inflater != nil
        guard let head = try WebSocketFrameHead.take(&input, compression: compression, limit: self.maxFrameBytes)
        else { return nil }
        if !head.opcode.isControl {
            if (head.opcode == .continuation) != (self.message != nil) {
                throw .violated("A message begins within another, or goes on that has not begun.")
            }
            if head.length > self.maxMessageBytes - (self.message?.count ?? 0) {
                throw .messageTooBig(limit: self.maxMessageBytes)
            }
        }
        return head
    }

    /// The message of a single frame that is there whole, as most are: it is not gathered first.
    ///
    /// Any other frame becomes the one that is being read.
    private mutating func wholeMessage(
        _ head: WebSocketFrameHead,
        _ input: inout ByteBuffer
    ) throws(WebSocketError) -> Event? {
        let isWhole = head.isFinal && !head.isCompressed && input.readableBytes >= head.length
        switch head.opcode {
        case .text where isWhole:
            input.unmask(by: head.mask, count: head.length)
            let text = try String(checked: input.readableBytesUInt8Span.extracting(0..<head.length))
            input.moveReaderIndex(forwardBy: head.length)
            return .message(.text(text))
        case .binary where isWhole:
            return .message(.binary(Self.take(head.length, mask: head.mask, off: &input)))
        case .text, .binary:
            self.message = PartialMessage(isText: head.opcode == .text, isCompressed: head.isCompressed)
        default:
            break
        }
        self.frame = Frame(opcode: head.opcode, isFinal: head.isFinal, mask: head.mask, left: head.length)
        return nil
    }

    /// Adds to the message what is there of a frame; says whether the frame is over.
    private mutating func takePart(of frame: Frame, _ input: inout ByteBuffer) throws(WebSocketError) -> Bool {
        let count = min(frame.left, input.readableBytes)
        input.unmask(by: frame.mask, count: count)
        let part = Bytes(input.readSlice(length: count) ?? ByteBuffer())
        try self.append(part, isLast: frame.isFinal && count == frame.left)
        let turn = UInt32(count & 3) * 8
        var rest = frame
        rest.left -= count
        rest.mask = turn == 0 ? frame.mask : frame.mask >> turn | frame.mask << (32 - turn)
        self.frame = rest.left == 0 ? nil : rest
        return rest.left == 0
    }

    /// Adds bytes to the message; text that cannot become UTF-8 is refused at once.
    private mutating func append(_ part: Bytes, isLast: Bool) throws(WebSocketError) {
        guard var message = self.message.take() else { return }
        if message.isCompressed {
            do throws(MessageInflaterError) {
                try self.inflater?.inflate(part, isLast: isLast, to: &message.bytes, limit: self.maxMessageBytes)
            } catch {
                throw WebSocketError(error, limit: self.maxMessageBytes)
            }
        } else {
            message.bytes.append(part)
        }
        try message.check()
        self.message = message
    }

    /// Takes masked bytes, to keep: the buffer they are in is read into again.
    private static func take(_ count: Int, mask: UInt32, off input: inout ByteBuffer) -> Bytes {
        input.unmask(by: mask, count: count)
        return Bytes(input.readSlice(length: count).map { ByteBuffer(bytes: $0.readableBytesView) } ?? ByteBuffer())
    }

    private static func event(of frame: Frame, payload: Bytes) throws(WebSocketError) -> Event {
        switch frame.opcode {
        case .ping: return .ping(payload)
        case .pong: return .pong
        default: return try self.closing(payload)
        }
    }

    /// What a close frame says (RFC 6455, section 5.5.1).
    private static func closing(_ payload: Bytes) throws(WebSocketError) -> Event {
        if payload.isEmpty { return .close(.noStatus, reason: "") }
        guard payload.count >= 2 else { throw .violated("A close frame has half a code.") }
        let code = WebSocketCloseCode(rawValue: UInt16(payload[0]) << 8 | UInt16(payload[1]))
        guard code.isSendable else { throw .violated("The code \(code) may not be sent.") }
        guard let reason = payload[2..<payload.count].string else {
            throw WebSocketError(.invalidPayload, "A close frame's reason is not UTF-8.")
        }
        return .close(code, reason: reason)
    }
}
