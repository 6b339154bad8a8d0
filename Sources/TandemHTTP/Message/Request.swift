// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// A request: what a client asks for.
public struct Request: Sendable {
    /// What is to be done.
    public var method: Method
    /// The version of the protocol it came in.
    public var version: Version
    /// The header fields.
    public var headers: Headers
    /// The body, which may still be on its way.
    public var body: RequestBody
    /// The connection that it came on.
    public package(set) var connection: ConnectionInfo

    /// The path and the query as the client sent them, origin-form (RFC 9112, section 3.2.1) or `*`.
    package var target: ByteBuffer
    /// The host it is for, from the target or the Host field; with the port.
    package var authorityBytes: ByteBuffer?

    /// Where the router says which pattern the path matched, where somebody wants to know.
    package var matchedRoute: MatchedRoute?

    /// The same with storage of its own, so that a request that is kept does not keep its connection's read buffer.
    package func detached() -> Request {
        var copy = self
        copy.headers = Headers(lines: ByteBuffer(bytes: self.headers.lines.readableBytesView))
        copy.target = ByteBuffer(bytes: self.target.readableBytesView)
        copy.authorityBytes = self.authorityBytes.map { ByteBuffer(bytes: $0.readableBytesView) }
        if let body = self.body.complete, !body.isEmpty {
            copy.body = RequestBody(Bytes(ByteBuffer(bytes: body.buffer.readableBytesView)))
        }
        return copy
    }

    package init(
        method: Method,
        target: ByteBuffer,
        authority: ByteBuffer? = nil,
        version: Version = .http1_1,
        headers: Headers,
        body: RequestBody,
        connection: ConnectionInfo
    ) {
        self.method = method
        self.target = target
        self.authorityBytes = authority
        self.version = version
        self.headers = headers
        self.body = body
        self.connection = connection
    }

    /// A request made by hand, as tests do.
    ///
    /// - Parameters:
    ///   - method: What is to be done.
    ///   - target: The path and the query, percent-encoded: `/users/1?full=true`.
    ///   - headers: The header fields.
    ///   - body: The whole body.
    public init(_ method: Method, _ target: String, headers: Headers = [:], body: Bytes = Bytes()) {
        self.init(
            method: method,
            target: ByteBuffer(string: target),
            headers: headers,
            body: RequestBody(body),
            connection: .none
        )
    }

    /// The path and the query as the client sent them, sharing storage.
    package var targetBytes: Bytes { Bytes(self.target) }

    /// The path as the client sent it, percent-encoded, without the query; `*` for `OPTIONS *`.
    public var path: String {
        self.target.withUnsafeReadableBytes { bytes in
            let end = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.count
            return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[..<end]), as: UTF8.self)
        }
    }

    /// The query as the client sent it, without the question mark; `nil` where there is none.
    public var query: String? {
        self.target.withUnsafeReadableBytes { bytes in
            guard let mark = bytes.firstIndex(of: UInt8(ascii: "?")) else { return nil }
            return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[(mark + 1)...]), as: UTF8.self)
        }
    }

    /// The host and port it is for, from an absolute target or else the Host field (RFC 9112, section 3.2.2).
    public var authority: String? {
        self.authorityBytes.map { String(buffer: $0) } ?? self.headers["host"]
    }

    /// Says for which host and port it is; the Host field stays as it is.
    package mutating func setAuthority(_ authority: String) {
        self.authorityBytes = ByteBuffer(string: authority)
    }
}

extension Request: CustomStringConvertible {
    /// The method and the path; the query and the fields never: they may be secret.
    public var description: String { "\(self.method) \(self.path)" }
}
