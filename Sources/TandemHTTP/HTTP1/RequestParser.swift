// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// Reads request heads off a connection's bytes (RFC 9112), without I/O.
///
/// Give it the bytes that have arrived; it takes a head off the front once it is whole. What the RFC says to reject,
/// or lets a server reject for safety, is an error, and the connection can then only be answered and closed.
package struct RequestParser {
    /// How many of the bytes were looked at without finding a further line end.
    private var scanned = 0

    package init() {}

    /// Takes a head off the front of `buffer`, or returns `nil` where more bytes are needed.
    package mutating func parse(_ buffer: inout ByteBuffer, limits: Limits) throws(HTTPError) -> RequestHead? {
        Self.skipEmptyLines(&buffer)
        guard self.hasNewLine(buffer) else {
            try Self.checkUnfinished(buffer, limits)
            return nil
        }
        let parsed = try Self.head(in: buffer, limits: limits)
        guard let (fields, length) = parsed else {
            self.scanned = buffer.readableBytes
            try Self.checkUnfinished(buffer, limits)
            return nil
        }
        self.scanned = 0
        let bytes = buffer
        buffer.moveReaderIndex(forwardBy: length)
        return try fields.head(of: bytes)
    }

    /// Whether a line has ended since the last look, so that a client sending byte by byte costs a pass a line.
    private mutating func hasNewLine(_ buffer: ByteBuffer) -> Bool {
        guard self.scanned > 0 else { return true }
        let fresh = buffer.readableBytesView.dropFirst(self.scanned)
        self.scanned = buffer.readableBytes
        return fresh.contains(UInt8(ascii: "\n"))
    }

    /// The limits hold before the head is whole, or a client could fill memory with half of one.
    private static func checkUnfinished(_ buffer: ByteBuffer, _ limits: Limits) throws(HTTPError) {
        let count = buffer.readableBytes
        if count > limits.requestLine, !buffer.readableBytesView.prefix(limits.requestLine).contains(0x0A) {
            throw .requestLineTooLong(limit: limits.requestLine)
        }
        if count > limits.requestLine + limits.headerBytes {
            throw .headersTooLarge(limit: limits.headerBytes)
        }
    }

    /// One empty line or more before a request is ignored (RFC 9112, section 2.2).
    private static func skipEmptyLines(_ buffer: inout ByteBuffer) {
        while buffer.readableBytes >= 2,
            buffer.getInteger(at: buffer.readerIndex, as: UInt16.self) == 0x0D0A
        {
            buffer.moveReaderIndex(forwardBy: 2)
        }
    }

    /// The fields of the head at the front and its length, or `nil` where it is not whole.
    private static func head(
        in buffer: ByteBuffer, limits: Limits
    ) throws(HTTPError) -> (HeadFields, Int)? {
        let span = buffer.readableBytesUInt8Span
        var cursor = HeadCursor(limits: limits)
        guard try cursor.readRequestLine(span) else { return nil }
        guard try cursor.readFields(span) else { return nil }
        return (cursor.fields, cursor.offset)
    }
}

extension HTTPError {
    package static func malformed(_ detail: String) -> HTTPError {
        HTTPError(.badRequest, detail, code: "malformed-request")
    }

    package static func requestLineTooLong(limit: Int) -> HTTPError {
        HTTPError(.uriTooLong, "The request line is longer than the limit of \(limit) bytes.")
    }

    package static func headersTooLarge(limit: Int) -> HTTPError {
        HTTPError(.requestHeaderFieldsTooLarge, "The header fields are longer than the limit of \(limit) bytes.")
    }

    package static func tooManyHeaders(limit: Int) -> HTTPError {
        HTTPError(.requestHeaderFieldsTooLarge, "There are more than \(limit) header fields.")
    }
}
