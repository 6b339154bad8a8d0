// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CTandemCodecs
import CTandemZlib

/// Unpacks gzip, the zlib format, and raw deflate, which some clients send as "deflate".
struct ZlibDecoder: ~Copyable {
    /// In memory of its own: zlib's state points back at it.
    private let stream: UnsafeMutablePointer<z_stream>
    private let coding: ContentCoding

    /// The largest window of the format; added to 16 it asks for gzip, negated for raw deflate.
    private static let windowBits: CInt = 15

    init(_ coding: ContentCoding) throws(HTTPError) {
        self.coding = coding
        self.stream = .allocate(capacity: 1)
        self.stream.initialize(to: z_stream())
        let windowBits = Self.windowBits + (coding == .gzip ? 16 : 0)
        guard inflateInit2_(self.stream, windowBits, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK else {
            self.stream.deallocate()
            throw .codingUnavailable
        }
    }

    deinit {
        inflateEnd(self.stream)
        self.stream.deallocate()
    }

    func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer) -> CodecStep {
        if self.coding == .deflate, self.stream.pointee.total_in == 0, let first = input.first {
            self.chooseFormat(first)
        }
        let offered = self.stream.pointee.offer(input, output)
        let code = inflate(self.stream, Z_NO_FLUSH)
        return self.stream.pointee.step(code, offered: offered, of: input.count)
    }

    /// Makes ready for a further gzip member (RFC 1952, section 2.2).
    func restart() {
        inflateReset(self.stream)
    }

    /// A zlib stream begins with a byte whose low half is 8; raw deflate would there have a stored block after
    /// padding that is not zero, which no encoder writes.
    private func chooseFormat(_ first: UInt8) {
        if first & 0x0F != 8 { inflateReset2(self.stream, -Self.windowBits) }
    }
}
