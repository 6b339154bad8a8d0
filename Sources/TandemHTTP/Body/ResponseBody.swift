// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The body of a response.
public enum ResponseBody: Sendable {
    /// Nothing.
    case empty
    /// Bytes in memory.
    case bytes(Bytes)
    /// Written bit by bit.
    case stream(BodyStream)
    /// Part of an open file, sent by the kernel where that is possible.
    case file(FileRegion)
    /// None: the connection becomes a WebSocket.
    case webSocket(WebSocketUpgrade)

    /// The number of bytes, where it is known.
    public var length: Int? {
        switch self {
        case .empty, .webSocket: 0
        case .bytes(let bytes): bytes.count
        case .stream(let stream): stream.length
        case .file(let region): region.length
        }
    }
}

/// A body that is written bit by bit, at the pace of the client.
public struct BodyStream: Sendable {
    /// The number of bytes, where it is known.
    ///
    /// A producer that writes more or fewer makes the server cut the connection, since the client cannot otherwise
    /// tell.
    public let length: Int?
    /// Writes the body.
    public let write: @Sendable (BodyWriter) async throws -> Void

    /// A body that `write` produces.
    public init(length: Int? = nil, write: @escaping @Sendable (BodyWriter) async throws -> Void) {
        self.length = length
        self.write = write
    }

    /// A body of the elements of a sequence, each sent as soon as it is there.
    public init<Chunks: AsyncSequence & Sendable>(_ chunks: Chunks, length: Int? = nil)
    where Chunks.Element == Bytes {
        self.init(length: length) { writer in
            for try await chunk in chunks { try await writer.write(chunk) }
        }
    }
}

/// Where a streaming handler writes its response's body.
public struct BodyWriter: Sendable {
    package let sink: any BodySink

    package init(_ sink: any BodySink) {
        self.sink = sink
    }

    /// Sends bytes; suspends while the client has not read what was sent before.
    ///
    /// - Throws: `HTTPError.clientGone` once the connection is closed.
    public func write(_ bytes: Bytes) async throws {
        try await self.sink.write(bytes)
    }

    /// Sends text as UTF-8; suspends while the client has not read what was sent before.
    ///
    /// - Throws: `HTTPError.clientGone` once the connection is closed.
    public func write(_ text: String) async throws {
        try await self.sink.write(Bytes(text))
    }

    /// Sets the fields sent after the body (RFC 9110, section 6.5), where the protocol can carry them.
    public func setTrailers(_ trailers: Headers) async throws {
        try await self.sink.setTrailers(trailers)
    }
}

/// What takes a body's bytes: a connection, a compressor in front of one, a test's collector.
package protocol BodySink: Sendable {
    func write(_ bytes: Bytes) async throws
    func setTrailers(_ trailers: Headers) async throws
}
