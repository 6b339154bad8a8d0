// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// A run of bytes: what bodies are made of.
///
/// Copies share their storage until one of them is changed, and a slice keeps the whole it was cut from alive.
///
/// ```swift
/// let bytes: Bytes = "Hello"
/// String(decoding: bytes, as: UTF8.self)
/// ```
public struct Bytes: Sendable {
    package var buffer: ByteBuffer

    package init(_ buffer: ByteBuffer) {
        self.buffer = buffer
    }

    /// No bytes.
    public init() {
        self.buffer = ByteBuffer()
    }

    /// The UTF-8 of a string.
    public init(_ string: String) {
        self.buffer = ByteBuffer(string: string)
    }

    /// The bytes of a sequence, copied.
    public init(_ bytes: some Sequence<UInt8>) {
        self.buffer = ByteBuffer(bytes: bytes)
    }

    /// The bytes of memory, copied.
    package init(copying bytes: UnsafeRawBufferPointer) {
        self.buffer = ByteBufferAllocator().buffer(capacity: bytes.count)
        self.buffer.writeWithOutputRawSpan(minimumWritableBytes: 0) { $0.append(copying: bytes.bytes) }
    }

    /// Bytes that `write` puts to memory for so many, without a copy; it says how many they are.
    package init(capacity: Int, _ write: (UnsafeMutableRawBufferPointer) -> Int) {
        self.buffer = ByteBufferAllocator().buffer(capacity: capacity)
        self.buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 0, write)
    }

    /// Calls `body` with the bytes, which are valid during the call only.
    public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try self.buffer.withUnsafeReadableBytes(body)
    }

    /// Calls `body` with the bytes, bounds-checked and valid during the call only.
    @usableFromInline
    package func withSpan<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(self.buffer.readableBytesUInt8Span)
    }

    /// Adds bytes at the end.
    public mutating func append(_ other: Bytes) {
        self.buffer.writeImmutableBuffer(other.buffer)
    }

    /// Adds the UTF-8 of a string at the end.
    public mutating func append(_ string: String) {
        self.buffer.writeString(string)
    }

    /// Adds bytes from memory at the end, copied.
    public mutating func append(copying bytes: UnsafeRawBufferPointer) {
        self.buffer.writeBytes(bytes)
    }

    /// The bytes as a string, or `nil` where they are not valid UTF-8.
    public var string: String? {
        self.withUnsafeBytes { bytes in
            String(validating: bytes, as: UTF8.self)
        }
    }
}

extension Bytes: RandomAccessCollection {
    /// Zero.
    public var startIndex: Int { 0 }

    /// The number of bytes.
    public var endIndex: Int { self.buffer.readableBytes }

    /// The byte at an offset from the start.
    public subscript(position: Int) -> UInt8 {
        precondition(position >= 0 && position < self.endIndex, "offset \(position) is outside \(self.endIndex) bytes")
        return self.buffer.getInteger(at: self.buffer.readerIndex + position) ?? 0
    }

    /// The bytes in a range of offsets, sharing storage.
    public subscript(bounds: Range<Int>) -> Bytes {
        let slice = self.buffer.getSlice(at: self.buffer.readerIndex + bounds.lowerBound, length: bounds.count)
        precondition(slice != nil, "range \(bounds) is outside \(self.endIndex) bytes")
        return Bytes(slice ?? ByteBuffer())
    }

    /// Gives contiguous memory to algorithms that can use it.
    public func withContiguousStorageIfAvailable<Result>(
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result? {
        try self.withUnsafeBytes { bytes in try bytes.withMemoryRebound(to: UInt8.self, body) }
    }
}

extension Bytes: Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The UTF-8 of a string literal.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// The number of bytes, and the bytes themselves never: they may be secret.
    public var description: String { "\(self.count) bytes" }
}
