// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// Reads request heads off a connection's bytes (RFC 9112), without I/O.
///
/// Give it the bytes that have arrived; it takes a head off the front once it is whole. What the RFC says to reject,
/// or lets a server reject for safety, is an error, and the connection can then only be answered and closed.
package struct RequestParser {
    private var watch = LineWatch()

    package init() {}

    /// Takes a head off the front of `buffer`, or returns `nil` where more bytes are needed.
    package mutating func parse(_ buffer: inout ByteBuffer, limits: Limits) throws(HTTPError) -> RequestHead? {
        if Self.skipEmptyLines(&buffer) { self.watch = LineWatch() }
        // Half of an empty line is not yet the beginning of a head.
        if buffer.readableBytes == 1, buffer.getInteger(at: buffer.readerIndex, as: UInt8.self) == 0x0D { return nil }
        guard self.watch.isDue(buffer) else { return nil }
        var cursor = HeadCursor(limits: limits)
        guard let head = try Self.head(in: buffer, &cursor) else {
            self.watch.wait(buffer, upTo: cursor.due)
            return nil
        }
        self.watch = LineWatch()
        buffer.moveReaderIndex(forwardBy: cursor.offset)
        return head
    }

    private static func head(in buffer: ByteBuffer, _ cursor: inout HeadCursor) throws(HTTPError) -> RequestHead? {
        let bytes = buffer.readableBytesUInt8Span
        return try cursor.readHead(bytes) ? try cursor.fields.head(of: buffer, bytes) : nil
    }

    /// One empty line or more before a request is ignored (RFC 9112, section 2.2); says whether there was one.
    private static func skipEmptyLines(_ buffer: inout ByteBuffer) -> Bool {
        let start = buffer.readerIndex
        while buffer.readableBytes >= 2,
            buffer.getInteger(at: buffer.readerIndex, as: UInt16.self) == 0x0D0A
        {
            buffer.moveReaderIndex(forwardBy: 2)
        }
        return buffer.readerIndex > start
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
