// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// The body of a request: an asynchronous sequence of runs of bytes, read once.
///
/// The server reads from the client only as fast as the body is consumed.
///
/// ```swift
/// let all = try await request.body.collect(upTo: 1_000_000)
/// for try await bytes in request.body { try file.write(bytes) }
/// ```
public struct RequestBody: AsyncSequence, Sendable {
    /// A run of bytes.
    public typealias Element = Bytes

    package enum Storage: Sendable {
        case empty
        case complete(Bytes)
        case stream(any BodySource)
    }

    package var storage: Storage

    /// The number of bytes that the client announced, or `nil` where it did not.
    public let length: Int?

    package init(storage: Storage, length: Int?) {
        self.storage = storage
        self.length = length
    }

    /// No body.
    public init() {
        self.storage = .empty
        self.length = 0
    }

    /// A body that is all there.
    public init(_ bytes: Bytes) {
        self.storage = .complete(bytes)
        self.length = bytes.count
    }

    /// The whole body, where it has arrived with the head; what came later is read with `collect(upTo:)`.
    package var complete: Bytes? {
        switch self.storage {
        case .empty: Bytes()
        case .complete(let bytes): bytes
        case .stream: nil
        }
    }

    /// The whole body, in memory.
    ///
    /// - Parameter limit: The most bytes to take.
    /// - Returns: All bytes, in one run.
    /// - Throws: `HTTPError` with 413 where the body is longer, with 408 where the client is too slow.
    public func collect(upTo limit: Int) async throws -> Bytes {
        if let length = self.length, length > limit { throw HTTPError.contentTooLarge(limit: limit) }
        if let complete { return complete }
        var all = Bytes()
        // What is announced is not yet there: a claim must not cost memory.
        all.buffer.reserveCapacity(Swift.min(self.length ?? 0, 1 << 20))
        for try await bytes in self {
            if all.count + bytes.count > limit { throw HTTPError.contentTooLarge(limit: limit) }
            all.append(bytes)
        }
        return all
    }

    /// The fields that came after the body (RFC 9110, section 6.5); empty until the body has been read to its end.
    public var trailers: Headers {
        if case .stream(let source) = self.storage { source.trailers } else { [:] }
    }

    /// Goes over the bytes as they arrive.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var storage: Storage?

        init(_ storage: Storage) {
            self.storage = storage
        }

        /// The next bytes, or `nil` at the end.
        ///
        /// - Throws: `HTTPError` where the body is malformed, too long, too slow, or the client is gone.
        public mutating func next() async throws -> Bytes? {
            switch self.storage {
            case .none, .empty:
                return nil
            case .complete(let bytes):
                self.storage = nil
                return bytes.isEmpty ? nil : bytes
            case .stream(let source):
                return try await source.next()
            }
        }
    }

    /// Goes over the bytes as they arrive.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self.storage) }
}

/// What a body's bytes come from: a connection, or a decoder behind one.
package protocol BodySource: Sendable {
    /// The next bytes, or `nil` at the end; asked by one reader at a time.
    func next() async throws -> Bytes?
    var trailers: Headers { get }
}
