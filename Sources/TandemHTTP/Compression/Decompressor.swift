// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CTandemCodecs
import NIOCore

/// Unpacks content as it comes, up to a limit: feed it bytes, and read bytes.
///
/// ```swift
/// var decompressor = try Decompressor(.gzip, limit: 1_000_000)
/// decompressor.feed(packed)
/// while let bytes = try decompressor.read() { … }
/// try decompressor.finish()
/// ```
package struct Decompressor: ~Copyable {
    private enum Decoder: ~Copyable {
        case zlib(ZlibDecoder)
        case library(LibraryDecoder)
    }

    private enum State {
        /// Nothing has been fed.
        case fresh
        case inside
        /// Inside, with output that there was no room for.
        case full
        case ended
        case failed(HTTPError)
    }

    /// The most bytes that one read gives.
    package static let chunk = 64 * 1024

    private let decoder: Decoder
    private let coding: ContentCoding
    private let limit: Int
    private var state = State.fresh
    private var input = ByteBuffer()
    private var decoded = 0

    /// A decompressor of any coding but identity.
    ///
    /// - Parameters:
    ///   - coding: How the content is packed.
    ///   - limit: The most bytes to unpack; the read that would pass it fails with 413.
    /// - Throws: 500 where the coding's library or memory is missing.
    package init(_ coding: ContentCoding, limit: Int) throws(HTTPError) {
        switch coding {
        case .gzip, .deflate: self.decoder = .zlib(try ZlibDecoder(coding))
        case .br: self.decoder = .library(try LibraryDecoder(.brotli))
        case .zstd: self.decoder = .library(try LibraryDecoder(.zstd))
        case .identity: throw .codingUnavailable
        }
        self.coding = coding
        self.limit = max(0, limit)
    }

    /// Gives it bytes to unpack, after what it has.
    package mutating func feed(_ bytes: Bytes) {
        if self.input.readableBytes == 0 {
            self.input = bytes.buffer
        } else {
            self.input.writeImmutableBuffer(bytes.buffer)
        }
    }

    /// The next unpacked bytes, at most `chunk` of them, or `nil` where it wants to be fed.
    ///
    /// - Throws: 400 where the content is malformed or bytes follow it, 413 where it is longer than the limit.
    package mutating func read() throws(HTTPError) -> Bytes? {
        do throws(HTTPError) {
            return try self.decode()
        } catch {
            self.state = .failed(error)
            throw error
        }
    }

    /// Checks that the content is whole, once all that was fed has been read.
    ///
    /// No bytes at all are whole.
    ///
    /// - Throws: 400 where it is not.
    package func finish() throws(HTTPError) {
        switch self.state {
        case .fresh, .ended: break
        case .failed(let error): throw error
        case .inside, .full: throw .malformedContent("The body ends before its \(self.coding) coding does.")
        }
    }

    private mutating func decode() throws(HTTPError) -> Bytes? {
        var output = ByteBuffer()
        while try self.hasWork() {
            // One byte more than is allowed tells a bomb from content that just fits.
            let allowed = min(Self.chunk - 1, self.limit - self.decoded) + 1
            let outcome = self.step(&output, room: min(allowed, self.expected))
            self.decoded += output.readableBytes
            if self.decoded > self.limit { throw .contentTooLarge(limit: self.limit) }
            switch outcome {
            case .drained: self.state = .inside
            case .full: self.state = .full
            case .ended: self.state = .ended
            case .failed: throw .malformedContent("The body is not valid \(self.coding).")
            }
            if output.readableBytes > 0 { return Bytes(output) }
        }
        return nil
    }

    /// The bytes that a step may well bring: a short body must not cost a whole chunk.
    private var expected: Int {
        if case .full = self.state { return Self.chunk }
        return max(4096, min(self.input.readableBytes, Self.chunk / 4) * 4)
    }

    /// Whether a step can get on; begins what follows an end.
    private mutating func hasWork() throws(HTTPError) -> Bool {
        let hasInput = self.input.readableBytes > 0
        switch self.state {
        case .failed(let error): throw error
        case .full: return true
        case .fresh, .inside: return hasInput
        case .ended where hasInput: try self.restart()
        case .ended: break
        }
        return hasInput
    }

    /// gzip members and Zstandard frames may follow one another (RFC 1952, section 2.2; RFC 8878, section 3.1).
    private func restart() throws(HTTPError) {
        switch self.decoder {
        case .zlib(let decoder) where self.coding == .gzip: decoder.restart()
        case .library where self.coding == .zstd: break
        default: throw .malformedContent("Bytes follow the end of the body's \(self.coding) coding.")
        }
    }

    private mutating func step(_ output: inout ByteBuffer, room: Int) -> CodecOutcome {
        // A copy that shares its bytes, so that the closure does not hold `self` for writing.
        var input = self.input
        let outcome = output.write(from: &input, room: room) { memory in
            switch self.decoder {
            case .zlib(let decoder): decoder.step(memory)
            case .library(let decoder): decoder.step(memory)
            }
        }
        self.input = input
        return outcome
    }
}

extension HTTPError {
    /// A body does not hold to its content coding: 400.
    static func malformedContent(_ detail: String) -> HTTPError {
        HTTPError(.badRequest, detail, code: "malformed-content")
    }
}
