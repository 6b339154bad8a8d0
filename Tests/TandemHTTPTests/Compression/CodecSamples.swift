// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Synchronization
import Testing

@testable import TandemHTTP

/// Content to pack, and the ways to pack and unpack it in pieces.
enum CodecSamples {
    /// Text like what an API answers.
    static func json(_ count: Int) -> Bytes {
        var text = "["
        while text.utf8.count < count { text += #"{"id":\#(text.utf8.count),"name":"Depot","tags":["a","b"]},"# }
        return Bytes(text)[0..<count]
    }

    /// Bytes of which a part repeats, the rest does not.
    static func random(_ count: Int, _ generator: inout SeededGenerator) -> Bytes {
        let letters = UInt8.random(in: 1...255, using: &generator)
        return Bytes((0..<count).map { _ in UInt8.random(in: 0...letters, using: &generator) })
    }

    /// Bytes that do not get smaller.
    static func noise(_ count: Int, _ generator: inout SeededGenerator) -> Bytes {
        Bytes((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }

    /// Zeros, 2^`bits` of them.
    static func zeros(bits: Int) -> Bytes {
        var zeros = Bytes([0])
        for _ in 0..<bits { zeros.append(zeros) }
        return zeros
    }

    static func pack(_ bytes: Bytes, _ coding: ContentCoding) throws -> Bytes {
        var compressor = try Compressor(coding)
        return try compressor.encode(bytes, .finish)
    }

    /// Raw deflate: the zlib format without its two bytes in front and four behind.
    static func rawDeflate(_ bytes: Bytes) throws -> Bytes {
        let packed = try Self.pack(bytes, .deflate)
        return packed[2..<packed.count - 4]
    }

    static func unpack(_ pieces: [Bytes], _ coding: ContentCoding, limit: Int = 1 << 20) throws -> Bytes {
        var decompressor = try Decompressor(coding, limit: limit)
        var all = Bytes()
        for piece in pieces {
            decompressor.feed(piece)
            while let bytes = try decompressor.read() {
                #expect(!bytes.isEmpty && bytes.count <= Decompressor.chunk)
                all.append(bytes)
            }
        }
        try decompressor.finish()
        return all
    }

    /// The bytes in pieces of random lengths, some of them empty.
    static func split(_ bytes: Bytes, _ generator: inout SeededGenerator) -> [Bytes] {
        var pieces: [Bytes] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + Int.random(in: 0...max(3, bytes.count / 4), using: &generator))
            pieces.append(bytes[start..<end])
            start = end
        }
        return pieces
    }

    static func status(_ body: () throws -> Void) -> Status? {
        do {
            try body()
            return nil
        } catch {
            return (error as? HTTPError)?.status
        }
    }
}

/// Gives a body in pieces.
final class PiecesSource: BodySource {
    private let pieces: Mutex<ArraySlice<Bytes>>
    let trailers: Headers

    init(_ pieces: [Bytes], trailers: Headers = [:]) {
        self.pieces = Mutex(pieces[...])
        self.trailers = trailers
    }

    var left: Int { self.pieces.withLock { $0.count } }

    func next() async throws -> Bytes? { self.pieces.withLock { $0.popFirst() } }
}
