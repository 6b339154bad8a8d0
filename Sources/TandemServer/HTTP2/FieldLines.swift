// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import NIOCore
import NIOHPACK
import TandemHTTP

/// Writes fields as `name: value CR LF`, having checked them (RFC 9113, section 8.2).
struct FieldLines {
    private var buffer: ByteBuffer
    private let start: Int
    private var count = 0

    init(_ buffer: consuming ByteBuffer) {
        self.start = buffer.writerIndex
        self.buffer = buffer
    }

    var isEmpty: Bool { self.count == 0 }

    /// Adds a field; those that the server adds itself have no limits, and may be of HTTP/1.
    mutating func add(_ name: String, _ value: String, limits: Limits?) throws(HTTP2HeadError) {
        self.count += 1
        if let limits {
            if self.count > limits.headerCount { throw .refused(.tooManyHeaders(limit: limits.headerCount)) }
            let size = self.buffer.writerIndex - self.start + name.utf8.count + value.utf8.count + 4
            if size > limits.headerBytes { throw .refused(.headersTooLarge(limit: limits.headerBytes)) }
        }
        guard Self.isName(name), Self.isValue(value), limits == nil || !Self.concernsConnection(name, value) else {
            throw .malformed
        }
        self.buffer.writeString(name)
        self.buffer.writeStaticString(": ")
        self.buffer.writeString(value)
        self.buffer.writeStaticString("\r\n")
    }

    /// The lines, and a path and an authority in the same storage, which `buffer` owns afterwards.
    mutating func finish(
        _ path: String,
        _ authority: String,
        into buffer: inout ByteBuffer
    ) -> (Headers, target: ByteBuffer, authority: ByteBuffer) {
        let lines = self.start..<self.buffer.writerIndex
        self.buffer.writeString(path)
        let target = lines.upperBound..<self.buffer.writerIndex
        self.buffer.writeString(authority)
        let host = target.upperBound..<self.buffer.writerIndex
        buffer = self.buffer
        self.buffer = ByteBuffer()
        return (Headers(lines: Self.slice(buffer, lines)), Self.slice(buffer, target), Self.slice(buffer, host))
    }

    /// The fields after a body, which name no pseudo-field (RFC 9113, section 8.1).
    static func trailers(_ fields: HPACKHeaders, limits: Limits) throws(HTTP2HeadError) -> Headers {
        var lines = FieldLines(ByteBuffer())
        for (name, value, _) in fields { try lines.add(name, value, limits: limits) }
        return Headers(lines: lines.buffer)
    }

    private static func slice(_ buffer: ByteBuffer, _ range: Range<Int>) -> ByteBuffer {
        buffer.getSlice(at: range.lowerBound, length: range.count) ?? ByteBuffer()
    }

    /// A token without upper-case letters.
    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { FieldLine.isTokenByte($0) && !($0 &- 0x41 < 26) }
    }

    /// No controls, and no white space at the ends.
    private static func isValue(_ value: String) -> Bool {
        if let first = value.utf8.first, Self.isSpace(first) { return false }
        if let last = value.utf8.last, Self.isSpace(last) { return false }
        return value.utf8.allSatisfy { !FieldLine.isForbiddenInValue($0) }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Fields that speak of an HTTP/1 connection have no place here (RFC 9113, section 8.2.2).
    private static func concernsConnection(_ name: String, _ value: String) -> Bool {
        switch name.utf8.count {
        case 2: name == "te" && value != "trailers"
        case 7: name == "upgrade"
        case 10: name == "connection" || name == "keep-alive"
        case 16: name == "proxy-connection"
        case 17: name == "transfer-encoding"
        default: false
        }
    }
}
#endif
