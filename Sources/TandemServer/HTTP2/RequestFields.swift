// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import NIOCore
import NIOHPACK
import TandemHTTP

/// A request's head, read off an HTTP/2 field section (RFC 9113, section 8.3.1).
struct HTTP2RequestHead {
    let method: Method
    let target: ByteBuffer
    let authority: ByteBuffer
    let headers: Headers
    let contentLength: Int?
    let expectsContinue: Bool
    /// Whether the stream is to become a WebSocket (RFC 8441, section 5); `method` is GET, as over HTTP/1.
    let opensWebSocket: Bool
}

/// Why a field section is no request.
enum HTTP2HeadError: Error {
    /// It breaks the protocol: the stream is reset (RFC 9113, section 8.1.1).
    case malformed
    /// It is a request, which is answered with an error.
    case refused(HTTPError)
}

/// One pass over a field section: checks each byte, and writes the fields as the lines that `Headers` keeps.
struct RequestFields {
    private let limits: Limits
    private var lines: FieldLines
    private var method: String?
    private var scheme: String?
    private var path: String?
    private var authority: String?
    private var tunneled: String?
    private var host: String?
    private var cookie: String?
    private var contentLength: Int?
    private var expectation: String?

    /// Reads a head off a field section; its lines are written to `buffer`, which it shares storage with afterwards.
    static func head(
        of fields: HPACKHeaders,
        into buffer: inout ByteBuffer,
        limits: Limits
    ) throws(HTTP2HeadError) -> HTTP2RequestHead {
        var reader = RequestFields(limits: limits, lines: FieldLines(buffer))
        // The lines have one owner while they are written, or each write would copy them.
        buffer = ByteBuffer()
        for (name, value, _) in fields {
            if name.utf8.first == UInt8(ascii: ":") {
                try reader.notePseudoField(name, value)
            } else {
                try reader.noteField(name, value)
            }
        }
        return try reader.finish(&buffer)
    }

    private init(limits: Limits, lines: FieldLines) {
        self.limits = limits
        self.lines = lines
    }

    /// Pseudo-fields stand before all others, each once.
    private mutating func notePseudoField(_ name: String, _ value: String) throws(HTTP2HeadError) {
        guard self.lines.isEmpty, self.cookie == nil, !value.isEmpty else { throw .malformed }
        switch name {
        case ":method" where self.method == nil: self.method = value
        case ":path" where self.path == nil: self.path = value
        case ":scheme" where self.scheme == nil: self.scheme = value
        case ":authority" where self.authority == nil: self.authority = value
        case ":protocol" where self.tunneled == nil: self.tunneled = value
        default: throw .malformed
        }
    }

    private mutating func noteField(_ name: String, _ value: String) throws(HTTP2HeadError) {
        switch name.utf8.count {
        case 4 where name == "host":
            guard self.host == nil else { throw .malformed }
            self.host = value
        case 6 where name == "expect":
            self.expectation = value
        case 6 where name == "cookie":
            // The crumbs that compress well become one cookie again (RFC 9113, section 8.2.3).
            self.cookie = self.cookie.map { "\($0); \(value)" } ?? value
            return
        case 14 where name == "content-length":
            guard self.contentLength == nil, let length = ContentLength.parse(value) else { throw .malformed }
            self.contentLength = length
        default:
            break
        }
        try self.lines.add(name, value, limits: self.limits)
    }

    private mutating func finish(_ buffer: inout ByteBuffer) throws(HTTP2HeadError) -> HTTP2RequestHead {
        if let cookie { try self.lines.add("cookie", cookie, limits: self.limits) }
        guard let method, FieldLine.isToken(method) else { throw .malformed }
        try self.checkTunnel(method)
        guard self.scheme != nil, let path else { throw .malformed }
        if method.utf8.count + path.utf8.count > self.limits.requestLine {
            throw .refused(.requestLineTooLong(limit: self.limits.requestLine))
        }
        guard Self.isPath(path, method: method) else { throw .malformed }
        let authority = try self.checkAuthority()
        if self.host == nil { try self.lines.add("host", authority, limits: nil) }
        if let expectation, expectation.lowercased() != "100-continue" {
            throw .refused(HTTPError(.expectationFailed, "The only expectation understood is 100-continue."))
        }
        let (headers, target, host) = self.lines.finish(path, authority, into: &buffer)
        return HTTP2RequestHead(
            method: self.tunneled == nil ? Method(method) : .get,
            target: target,
            authority: host,
            headers: headers,
            contentLength: self.contentLength,
            expectsContinue: self.expectation != nil,
            opensWebSocket: self.tunneled != nil
        )
    }

    /// The only tunnels are WebSockets, which say what they would over HTTP/1 (RFC 8441, section 4).
    private mutating func checkTunnel(_ method: String) throws(HTTP2HeadError) {
        if method == "CONNECT" {
            guard self.tunneled == "websocket" else {
                throw .refused(HTTPError(.notImplemented, "This server opens no tunnels."))
            }
            if self.contentLength != nil { throw .malformed }
            try self.lines.add("upgrade", "websocket", limits: nil)
        } else if self.tunneled != nil {
            throw .malformed
        }
    }

    /// Origin-form, or `*` for OPTIONS.
    private static func isPath(_ path: String, method: String) -> Bool {
        if path == "*" { return method == "OPTIONS" }
        return path.utf8.first == UInt8(ascii: "/")
            && path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }
    }

    /// The host that the request is for; `:authority` and Host must not differ.
    private func checkAuthority() throws(HTTP2HeadError) -> String {
        guard let authority = self.authority ?? self.host else {
            throw .refused(.malformed("Both :authority and Host are missing."))
        }
        if let host, host != authority { throw .malformed }
        guard Authority.isValid(authority) else { throw .malformed }
        return authority
    }
}
#endif
