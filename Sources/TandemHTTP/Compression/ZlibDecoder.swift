// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CTandemCodecs
import CTandemZlib

/// Unpacks gzip, the zlib format, and raw deflate, which some clients send as "deflate" and WebSockets always.
struct ZlibDecoder: ~Copyable {
    /// In memory of its own: zlib's state points back at it.
    private let stream: UnsafeMutablePointer<z_stream>
    /// Whether the first byte tells the zlib format from raw deflate.
    private let choosesFormat: Bool

    /// The largest window of the format; added to 16 it asks for gzip, negated for raw deflate.
    private static let windowBits: CInt = 15

    init(_ coding: ContentCoding) throws(HTTPError) {
        try self.init(Self.windowBits + (coding == .gzip ? 16 : 0), choosesFormat: coding == .deflate)
    }

    /// A decoder of raw deflate whose window is 2^`windowBits` bytes, 8 to 15.
    init(rawWindowBits windowBits: Int) throws(HTTPError) {
        try self.init(-CInt(windowBits), choosesFormat: false)
    }

    private init(_ windowBits: CInt, choosesFormat: Bool) throws(HTTPError) {
        self.choosesFormat = choosesFormat
        self.stream = .allocate(capacity: 1)
        self.stream.initialize(to: z_stream())
        guard inflateInit2_(self.stream, windowBits, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK else {
            self.stream.deallocate()
            throw .codingUnavailable
        }
    }

    deinit {
        inflateEnd(self.stream)
        self.stream.deallocate()
    }

    func step(_ memory: CodecMemory) -> CodecStep {
        if self.choosesFormat, self.stream.pointee.total_in == 0, let first = memory.input.first {
            self.chooseFormat(first)
        }
        let offered = self.stream.pointee.offer(memory)
        let code = inflate(self.stream, Z_NO_FLUSH)
        return self.stream.pointee.step(code, offered: offered, of: memory.input.count)
    }

    /// Makes ready for a further gzip member (RFC 1952, section 2.2).
    func restart() {
        inflateReset(self.stream)
    }

    /// Makes ready for more blocks after a last one, which may copy from what came before it.
    func resume() {
        inflateResetKeep(self.stream)
    }

    /// Whether what was unpacked so far ends with a block, and all of its last byte is used.
    var isBetweenBlocks: Bool {
        let state = self.stream.pointee.data_type
        return state & 128 != 0 && state & 7 == 0
    }

    /// A zlib stream begins with a byte whose low half is 8; raw deflate would there have a stored block after
    /// padding that is not zero, which no encoder writes.
    private func chooseFormat(_ first: UInt8) {
        if first & 0x0F != 8 { inflateReset2(self.stream, -Self.windowBits) }
    }
}
