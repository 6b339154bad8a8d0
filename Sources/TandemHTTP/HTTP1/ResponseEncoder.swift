// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// Writes response heads and chunks (RFC 9112, sections 4 and 7), without I/O.
package enum ResponseEncoder {
    /// How the end of a response's body is told.
    package enum Framing: Sendable, Hashable {
        /// There is none.
        case none
        /// By its length.
        case length(Int)
        /// By the last chunk.
        case chunked
        /// By the end of the connection, for HTTP/1.0.
        case close
    }

    /// How a response to a request is framed.
    package static func framing(of response: Response, to method: Method, version: Version) -> Framing {
        if response.status.forbidsBody { return .none }
        if let length = response.body.length { return .length(length) }
        return version == .http1_1 ? .chunked : .close
    }

    /// Writes the head.
    ///
    /// - Parameters:
    ///   - response: Its status and fields are written, but for those that frame the message.
    ///   - framing: How the body's end is told.
    ///   - method: The request's method.
    ///   - connection: What to say of the connection's future.
    ///   - common: Whole lines that every response has: `server` and `date`.
    ///   - out: Where to write.
    package static func writeHead(
        of response: Response,
        framing: Framing,
        method: Method,
        connection: ConnectionField,
        common: ByteBuffer,
        into out: inout ByteBuffer
    ) {
        self.writeStatusLine(response.status, into: &out)
        let keepsLength = method == .head && response.status != .noContent
        let announced = self.writeFields(response.headers, keepsLength: keepsLength, into: &out)
        switch framing {
        case .none: break
        case .length where announced: break
        case .length(let length):
            out.writeStaticString("content-length: ")
            out.writeDecimal(length)
            out.writeStaticString("\r\n")
        case .chunked: out.writeStaticString("transfer-encoding: chunked\r\n")
        case .close: break
        }
        switch connection {
        case .unsaid: break
        case .close: out.writeStaticString("connection: close\r\n")
        case .keepAlive: out.writeStaticString("connection: keep-alive\r\n")
        }
        out.writeImmutableBuffer(common)
        out.writeStaticString("\r\n")
    }

    /// What a response says of its connection: nothing where the version's default holds.
    package enum ConnectionField: Sendable {
        case unsaid, close, keepAlive
    }

    /// Writes what precedes the bytes of a chunk; after them comes `CR LF`.
    package static func writeChunkHead(_ count: Int, into out: inout ByteBuffer) {
        out.writeString(String(count, radix: 16))
        out.writeStaticString("\r\n")
    }

    /// Writes the last chunk and the trailers.
    package static func writeLastChunk(trailers: Headers, into out: inout ByteBuffer) {
        out.writeStaticString("0\r\n")
        out.writeImmutableBuffer(trailers.lines)
        out.writeStaticString("\r\n")
    }

    private static func writeStatusLine(_ status: Status, into out: inout ByteBuffer) {
        switch status.code {
        case 200: out.writeStaticString("HTTP/1.1 200 OK\r\n")
        case 201: out.writeStaticString("HTTP/1.1 201 Created\r\n")
        case 204: out.writeStaticString("HTTP/1.1 204 No Content\r\n")
        case 304: out.writeStaticString("HTTP/1.1 304 Not Modified\r\n")
        case 404: out.writeStaticString("HTTP/1.1 404 Not Found\r\n")
        default:
            out.writeStaticString("HTTP/1.1 ")
            out.writeDecimal(Int(status.code))
            out.writeInteger(UInt8(ascii: " "))
            out.writeString(status.phrase)
            out.writeStaticString("\r\n")
        }
    }

    /// Copies field lines, leaving out those that the server alone may say.
    ///
    /// - Returns: Whether a `content-length` was among those copied: a handler may announce what GET would send when
    ///   it answers HEAD (RFC 9110, section 9.3.2).
    private static func writeFields(_ headers: Headers, keepsLength: Bool, into out: inout ByteBuffer) -> Bool {
        var announced = false
        headers.lines.withUnsafeReadableBytes { bytes in
            var lines = FieldLine.Iterator(bytes)
            var start = 0
            while let line = lines.next() {
                let drops: Bool
                switch line.name.count {
                case 14 where FieldLine.matches(bytes, line.name, "content-length"):
                    drops = !keepsLength
                    announced = keepsLength
                case 17: drops = FieldLine.matches(bytes, line.name, "transfer-encoding")
                case 10:
                    drops =
                        FieldLine.matches(bytes, line.name, "connection")
                        || FieldLine.matches(bytes, line.name, "keep-alive")
                default: drops = false
                }
                if drops {
                    out.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[start..<line.name.lowerBound]))
                    start = lines.offset
                }
            }
            out.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[start...]))
        }
        return announced
    }
}

extension ByteBuffer {
    /// Writes a number that is not negative in decimal digits.
    package mutating func writeDecimal(_ number: Int) {
        if number < 10 {
            self.writeInteger(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number))
            return
        }
        // 24 bytes on the stack hold the digits of any Int.
        var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
        withUnsafeMutableBytes(of: &digits) { digits in
            var rest = number
            var index = digits.count
            while rest > 0 {
                index -= 1
                digits[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            self.writeBytes(UnsafeRawBufferPointer(rebasing: digits[index...]))
        }
    }
}
