// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A response: what a handler answers.
///
/// ```swift
/// Response("Hello, World!")
/// Response(status: .noContent)
/// Response(contentType: "text/csv") { writer in
///     for try await row in rows { try await writer.write(row.line) }
/// }
/// ```
public struct Response: Sendable {
    /// The status.
    public var status: Status
    /// The header fields; the server adds those of framing, `date` and `server` itself.
    public var headers: Headers
    /// The body.
    public var body: ResponseBody

    /// A response from its parts.
    public init(status: Status = .ok, headers: Headers = [:], body: ResponseBody = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A response of text, as `text/plain; charset=utf-8`.
    public init(_ text: String, status: Status = .ok) {
        self.init(status: status, headers: .plainText, body: .bytes(Bytes(text)))
    }

    /// A response of bytes.
    public init(_ bytes: Bytes, contentType: String, status: Status = .ok) {
        self.init(status: status, headers: ["content-type": contentType], body: .bytes(bytes))
    }

    /// A response of JSON that is already encoded, as `application/json`.
    public init(json: Bytes, status: Status = .ok) {
        self.init(status: status, headers: .json, body: .bytes(json))
    }

    /// A response whose body is written bit by bit, at the pace of the client.
    ///
    /// - Parameters:
    ///   - contentType: The media type.
    ///   - status: The status.
    ///   - length: The number of bytes, where it is known; otherwise the body is chunked.
    ///   - write: Writes the body. `write` suspends while the client does not read, and throws once it is gone.
    public init(
        contentType: String,
        status: Status = .ok,
        length: Int? = nil,
        _ write: @escaping @Sendable (BodyWriter) async throws -> Void
    ) {
        self.init(
            status: status,
            headers: ["content-type": contentType],
            body: .stream(BodyStream(length: length, write: write))
        )
    }
}

extension Headers {
    /// Made once, so that the commonest responses copy one line and allocate nothing.
    static let plainText: Headers = ["content-type": "text/plain; charset=utf-8"]
    static let json: Headers = ["content-type": "application/json"]
    static let problem: Headers = ["content-type": "application/problem+json"]
}
