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
    package static func framing(of response: Response, version: Version) -> Framing {
        if response.status.forbidsBody { return .none }
        if let length = response.body.length { return .length(length) }
        return version == .http1_1 ? .chunked : .close
    }

    /// Writes the head, and a body that is to leave in one piece with it.
    ///
    /// - Parameters:
    ///   - response: Its status and fields are written, but for those that frame the message.
    ///   - framing: How the body's end is told.
    ///   - toHead: Whether it answers HEAD.
    ///   - connection: What to say of the connection's future.
    ///   - common: Whole lines that every response has: `server` and `date`.
    ///   - body: The whole body; `nil` where it goes by itself or is left out.
    ///   - out: Where to write.
    package static func write(
        headOf response: Response,
        framing: Framing,
        toHead: Bool,
        connection: ConnectionField,
        common: [UInt8],
        body: ByteBuffer?,
        into out: inout ByteBuffer
    ) {
        let keepsLength = toHead && response.status != .noContent
        let size =
            self.fixedHeadSize + response.headers.lines.readableBytes + common.count + (body?.readableBytes ?? 0)
        // One reservation for all parts: a write into the buffer for each costs more than the bytes do.
        out.writeWithOutputRawSpan(minimumWritableBytes: size) { head in
            self.writeStatusLine(response.status, into: &head)
            let announced = self.writeFields(response.headers, keepsLength: keepsLength, into: &head)
            switch framing {
            case .length(let length) where !announced:
                head.append("content-length: ")
                head.append(decimal: length)
                head.append("\r\n")
            case .chunked: head.append("transfer-encoding: chunked\r\n")
            case .none, .length, .close: break
            }
            switch connection {
            case .unsaid: break
            case .close: head.append("connection: close\r\n")
            case .keepAlive: head.append("connection: keep-alive\r\n")
            case .upgrade: head.append("connection: upgrade\r\n")
            }
            head.append(copying: common.span.bytes)
            head.append("\r\n")
            if let body { head.append(copying: body.readableBytesSpan) }
        }
    }

    /// Room for what a head has besides its fields: the status line with the longest phrase, the framing, the
    /// connection, the end.
    private static let fixedHeadSize = 160

    /// What a response says of its connection: nothing where the version's default holds.
    package enum ConnectionField: Sendable {
        case unsaid, close, keepAlive, upgrade
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

    private static func writeStatusLine(_ status: Status, into head: inout OutputRawSpan) {
        switch status.code {
        case 200: head.append("HTTP/1.1 200 OK\r\n")
        case 201: head.append("HTTP/1.1 201 Created\r\n")
        case 204: head.append("HTTP/1.1 204 No Content\r\n")
        case 304: head.append("HTTP/1.1 304 Not Modified\r\n")
        case 404: head.append("HTTP/1.1 404 Not Found\r\n")
        default:
            head.append("HTTP/1.1 ")
            head.append(decimal: Int(status.code))
            head.append(" ")
            head.append(text: status.phrase)
            head.append("\r\n")
        }
    }

    /// Copies field lines, leaving out those that the server alone may say.
    ///
    /// - Returns: Whether a `content-length` was among those copied: a handler may announce what GET would send when
    ///   it answers HEAD (RFC 9110, section 9.3.2).
    private static func writeFields(_ headers: Headers, keepsLength: Bool, into head: inout OutputRawSpan) -> Bool {
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
                    head.append(copying: bytes.bytes.extracting(start..<line.name.lowerBound))
                    start = lines.offset
                }
            }
            head.append(copying: bytes.bytes.extracting(start..<bytes.count))
        }
        return announced
    }
}
