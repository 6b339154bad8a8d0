// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// The target of a request in its four forms (RFC 9112, section 3.2), brought to path and authority.
enum RequestTarget {
    /// The path with its query, or `*`; and of an absolute target the host and port.
    typealias Parts = (path: ByteBuffer, authority: ByteBuffer?)

    /// Reads the target that stands in a range of a head, whose bytes are `bytes`.
    static func read(
        _ head: ByteBuffer,
        _ bytes: Span<UInt8>,
        _ range: Range<Int>,
        _ method: Method
    ) throws(HTTPError) -> Parts {
        if method == .connect {
            throw HTTPError(.notImplemented, "This server opens no tunnels.")
        }
        let first = bytes[range.lowerBound]
        if first == UInt8(ascii: "/") { return (head.slice(range), nil) }
        if first == UInt8(ascii: "*"), range.count == 1 {
            guard method == .options else { throw .malformed("The target * is for OPTIONS alone.") }
            return (head.slice(range), nil)
        }
        return try self.absolute(head.slice(range), method)
    }

    /// `http://host:port/path?query`; an empty path is `/`, or `*` for OPTIONS.
    private static func absolute(_ target: ByteBuffer, _ method: Method) throws(HTTPError) -> Parts {
        let text = target.readableBytesUInt8Span
        let length: Int
        if text.count > 7, text.matches(0..<7, "http://") {
            length = 7
        } else if text.count > 8, text.matches(0..<8, "https://") {
            length = 8
        } else {
            throw .malformed("The target is neither a path nor an absolute http URI.")
        }
        var end = length
        while end < text.count, text[end] != UInt8(ascii: "/"), text[end] != UInt8(ascii: "?") { end += 1 }
        guard !Authority.hasNoHost(text, length..<end) else { throw .malformed("The target names no host.") }
        guard Authority.isValid(text, length..<end) else {
            throw .malformed("The target's host is not a host and an optional port.")
        }
        let authority = target.slice(length..<end)
        if end == text.count {
            return (ByteBuffer(string: method == .options ? "*" : "/"), authority)
        }
        if text[end] == UInt8(ascii: "?") {
            var path = ByteBuffer(string: "/")
            path.writeImmutableBuffer(target.slice(end..<text.count))
            return (path, authority)
        }
        return (target.slice(end..<text.count), authority)
    }
}
