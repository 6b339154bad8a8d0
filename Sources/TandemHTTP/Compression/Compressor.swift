// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CTandemCodecs
import NIOCore

/// Packs content as it comes: give it bytes, and it gives bytes.
///
/// ```swift
/// var compressor = try Compressor(.gzip)
/// let packed = try compressor.encode("Hello", .finish)
/// ```
package struct Compressor: ~Copyable {
    /// What is done once the bytes are taken.
    package enum Ending: Sendable {
        /// They may wait for more to come.
        case none
        /// The client can read them all.
        case flush
        /// The content is over.
        case finish
    }

    private enum Encoder: ~Copyable {
        case zlib(ZlibEncoder)
        case library(LibraryEncoder)
    }

    private let encoder: Encoder
    /// Room for one step, more than what a flush needs in zlib, so that it is not repeated.
    private static let leastOutput = 512

    /// A compressor of any coding but identity.
    ///
    /// - Throws: 500 where the coding's library or memory is missing.
    package init(_ coding: ContentCoding) throws(HTTPError) {
        switch coding {
        case .gzip, .deflate: self.encoder = .zlib(try ZlibEncoder(coding))
        case .br: self.encoder = .library(try LibraryEncoder(.brotli))
        case .zstd: self.encoder = .library(try LibraryEncoder(.zstd))
        case .identity: throw .codingUnavailable
        }
    }

    /// Packs all of the bytes, and returns what that has brought.
    ///
    /// - Throws: 500 where memory is short.
    package mutating func encode(_ bytes: Bytes, _ ending: Ending) throws(HTTPError) -> Bytes {
        var input = bytes.buffer
        var output = ByteBuffer()
        // Text shrinks to a third or less.
        output.reserveCapacity(Self.leastOutput + input.readableBytes / 3)
        while true {
            switch self.step(&input, &output, ending) {
            case .full: continue
            case .ended: return Bytes(output)
            case .drained where ending != .finish: return Bytes(output)
            case .drained, .failed: throw HTTPError(.internalServerError, "The content could not be compressed.")
            }
        }
    }

    private func step(_ input: inout ByteBuffer, _ output: inout ByteBuffer, _ ending: Ending) -> CodecOutcome {
        output.write(from: &input, room: max(Self.leastOutput, output.writableBytes)) { memory in
            switch self.encoder {
            case .zlib(let encoder): encoder.step(memory, ending.codecEnding)
            case .library(let encoder): encoder.step(memory, ending.codecEnding)
            }
        }
    }
}

extension Compressor.Ending {
    fileprivate var codecEnding: CodecEnding {
        switch self {
        case .none: .none
        case .flush: .flush
        case .finish: .finish
        }
    }
}

extension HTTPError {
    /// A codec could not be made; the coding was checked to be there, so memory is short.
    static var codingUnavailable: HTTPError {
        HTTPError(.internalServerError, "There is no memory left for a content coding.")
    }
}
