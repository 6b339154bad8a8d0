// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// Takes a request's body off a connection's bytes (RFC 9112, sections 6 and 7), without I/O.
package struct BodyDecoder: Sendable {
    /// What one step found.
    package enum Step: Sendable {
        /// More bytes must arrive.
        case needsMore
        /// Bytes of the body.
        case bytes(ByteBuffer)
        /// The body is over; these fields came after it.
        case end(Headers)
    }

    private enum State {
        case length(remaining: Int)
        case chunkSize
        case chunk(remaining: Int)
        case chunkEnd
        case trailers
        case done
    }

    private var state: State
    private var received = 0
    private var lineOverhead = 0
    private var watch = LineWatch()

    /// The bytes that chunk lines may take besides their sizes: extensions have no use here, and a chunk of one byte
    /// must not carry a kilobyte of them.
    private static let overheadLimit = 16 * 1024
    private static let chunkLineLimit = 1024

    package init(_ framing: BodyFraming) {
        self.state =
            switch framing {
            case .none: .length(remaining: 0)
            case .length(let length): .length(remaining: length)
            case .chunked: .chunkSize
            }
    }

    /// Whether the end has been reached.
    package var isDone: Bool {
        if case .done = self.state { true } else { false }
    }

    /// The bytes that are still to come, where that is known.
    package var remaining: Int? {
        switch self.state {
        case .length(let remaining): remaining
        case .done: 0
        default: nil
        }
    }

    /// Takes the next part of the body off the front of `buffer`.
    package mutating func decode(_ buffer: inout ByteBuffer, limits: Limits) throws(HTTPError) -> Step {
        while true {
            switch self.state {
            case .length(let remaining):
                return try self.take(remaining, from: &buffer) { .length(remaining: $0) }
            case .chunk(let remaining) where remaining > 0:
                return try self.take(remaining, from: &buffer) { .chunk(remaining: $0) }
            case .chunk:
                self.state = .chunkEnd
            case .chunkEnd:
                guard try Self.takeLineEnd(&buffer) else { return .needsMore }
                self.state = .chunkSize
            case .chunkSize:
                guard let size = try self.takeChunkSize(&buffer, limits) else { return .needsMore }
                self.state = size == 0 ? .trailers : .chunk(remaining: size)
            case .trailers:
                guard let trailers = try self.takeTrailers(&buffer, limits) else { return .needsMore }
                self.state = .done
                return .end(trailers)
            case .done:
                return .end([:])
            }
        }
    }

    private mutating func take(
        _ remaining: Int,
        from buffer: inout ByteBuffer,
        _ state: (Int) -> State
    ) throws(HTTPError) -> Step {
        if remaining == 0 {
            self.state = .done
            return .end([:])
        }
        guard let bytes = buffer.readSlice(length: min(remaining, buffer.readableBytes)), bytes.readableBytes > 0
        else { return .needsMore }
        self.received += bytes.readableBytes
        self.state = state(remaining - bytes.readableBytes)
        return .bytes(bytes)
    }

    /// `CR LF`, and nothing else.
    private static func takeLineEnd(_ buffer: inout ByteBuffer) throws(HTTPError) -> Bool {
        let view = buffer.readableBytesView
        guard let first = view.first else { return false }
        guard first == 0x0D else { throw .malformed("A chunk is longer than its size says.") }
        guard view.count > 1 else { return false }
        guard view[view.startIndex + 1] == 0x0A else { throw .malformed("A chunk does not end with CR LF.") }
        buffer.moveReaderIndex(forwardBy: 2)
        return true
    }

    /// `1*HEXDIG [extensions] CR LF` (RFC 9112, section 7.1).
    private mutating func takeChunkSize(_ buffer: inout ByteBuffer, _ limits: Limits) throws(HTTPError) -> Int? {
        let line = buffer.readableBytesView.prefix(Self.chunkLineLimit)
        guard let lineFeed = line.firstIndex(of: 0x0A) else {
            try Self.checkSizeStart(line)
            if line.count == Self.chunkLineLimit { throw .malformed("A chunk's size line is too long.") }
            return nil
        }
        guard lineFeed > line.startIndex, line[lineFeed - 1] == 0x0D else {
            throw .malformed("A chunk's size line ends with LF alone.")
        }
        let content = line[line.startIndex..<(lineFeed - 1)]
        let size = try Self.chunkSize(content)
        self.lineOverhead += content.count
        if self.lineOverhead > Self.overheadLimit + self.received {
            throw .malformed("The chunks' size lines outweigh their content.")
        }
        let (total, overflow) = self.received.addingReportingOverflow(size)
        if overflow || total > limits.body { throw .contentTooLarge(limit: limits.body) }
        buffer.moveReaderIndex(forwardBy: content.count + 2)
        return size
    }

    /// A line that can no longer become a size is refused before its end has come.
    private static func checkSizeStart(_ line: ByteBufferView) throws(HTTPError) {
        if let first = line.first, hexDigit(first) == nil { throw .malformed("A chunk's size is not a hex number.") }
    }

    private static func chunkSize(_ line: ByteBufferView) throws(HTTPError) -> Int {
        var size = 0
        var digits = 0
        var index = line.startIndex
        while index < line.endIndex, let digit = hexDigit(line[index]) {
            digits += 1
            if digits > 15 { throw .malformed("A chunk's size is too large a number.") }
            size = size << 4 | digit
            index += 1
        }
        guard digits > 0 else { throw .malformed("A chunk's size is not a hex number.") }
        let rest = line[index...]
        if let first = rest.first(where: { $0 != 0x20 && $0 != 0x09 }), first != UInt8(ascii: ";") {
            throw .malformed("A chunk's size is followed by something other than an extension.")
        }
        if rest.first == 0x20 || rest.first == 0x09, !rest.contains(UInt8(ascii: ";")) {
            throw .malformed("A chunk's size is followed by white space.")
        }
        if rest.contains(where: FieldLine.isForbiddenInValue) {
            throw .malformed("A chunk extension has a control byte.")
        }
        return size
    }

    private static func hexDigit(_ byte: UInt8) -> Int? {
        switch byte {
        case 0x30...0x39: Int(byte) - 0x30
        case 0x41...0x46: Int(byte) - 0x41 + 10
        case 0x61...0x66: Int(byte) - 0x61 + 10
        default: nil
        }
    }

    /// The trailer section, with the limits of a header section (RFC 9112, section 7.1.2).
    private mutating func takeTrailers(_ buffer: inout ByteBuffer, _ limits: Limits) throws(HTTPError) -> Headers? {
        guard self.watch.isDue(buffer) else { return nil }
        var cursor = HeadCursor(limits: limits, isTrailer: true)
        guard try cursor.readFields(buffer.readableBytesUInt8Span) else {
            self.watch.wait(buffer, upTo: cursor.due)
            return nil
        }
        let trailers = Headers(lines: buffer.slice(0..<cursor.fields.linesEnd))
        buffer.moveReaderIndex(forwardBy: cursor.offset)
        return trailers
    }
}
