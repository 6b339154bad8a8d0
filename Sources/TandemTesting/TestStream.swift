// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// An answer whose body is read as it comes.
public struct TestStream: Sendable, AsyncSequence {
    /// A run of bytes.
    public typealias Element = Bytes

    /// The status.
    public let status: Status
    /// The header fields.
    public let headers: Headers
    let pipe: Pipe

    /// Goes over the bytes as they are written; the handler waits while nobody asks for more.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let pipe: Pipe

        /// The next bytes; `nil` at the end.
        ///
        /// - Throws: What the handler's stream throws.
        public mutating func next() async throws -> Bytes? { try await self.pipe.next() }
    }

    /// Goes over the bytes as they are written.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(pipe: self.pipe) }

    /// The lines of the text, without their ends, as they come.
    public var lines: TestLines { TestLines(bytes: self) }
}

/// The lines of an answer that is read as it comes.
public struct TestLines: Sendable, AsyncSequence {
    /// A line, without its end.
    public typealias Element = String

    let bytes: TestStream

    /// Goes over the lines.
    public struct AsyncIterator: AsyncIteratorProtocol {
        var bytes: TestStream.AsyncIterator
        private var rest: [UInt8] = []

        init(bytes: TestStream.AsyncIterator) {
            self.bytes = bytes
        }

        /// The next line; `nil` at the end.
        ///
        /// - Throws: What the handler's stream throws.
        public mutating func next() async throws -> String? {
            while true {
                if let end = self.rest.firstIndex(of: UInt8(ascii: "\n")) {
                    defer { self.rest.removeSubrange(...end) }
                    return String(decoding: self.rest[..<end], as: UTF8.self)
                }
                guard let bytes = try await self.bytes.next() else {
                    defer { self.rest = [] }
                    return self.rest.isEmpty ? nil : String(decoding: self.rest, as: UTF8.self)
                }
                self.rest += bytes
            }
        }
    }

    /// Goes over the lines.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(bytes: self.bytes.makeAsyncIterator()) }
}
