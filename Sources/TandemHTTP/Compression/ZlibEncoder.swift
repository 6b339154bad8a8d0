// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CTandemCodecs
import CTandemZlib

/// Packs as gzip, in the zlib format or as raw deflate.
struct ZlibEncoder: ~Copyable {
    /// In memory of its own: zlib's state points back at it.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Above level 5 a tenth more time buys a hundredth less size.
    private static let level: CInt = 5

    /// A window of 16 KiB and a hash table of 2^13 instead of zlib's 32 KiB and 2^15.
    ///
    /// The output is 1 or 2 % larger, and a state takes 100 KB instead of 268, in pieces small enough for malloc to
    /// keep at hand. A fresh state then costs what `deflateReset` of a kept one does: 17 µs for 1.5 KB of JSON, where
    /// zlib's sizes cost 80 to 100 in page faults. So there is no pool to lock and to bound.
    private static let windowBits: CInt = 14
    private static let memoryLevel: CInt = 6
    /// Added to the window's bits, it asks for gzip.
    private static let gzip: CInt = 16

    init(_ coding: ContentCoding) throws(HTTPError) {
        let windowBits = Self.windowBits + (coding == .gzip ? Self.gzip : 0)
        try self.init(windowBits, level: Self.level, memoryLevel: Self.memoryLevel)
    }

    /// An encoder of raw deflate.
    ///
    /// - Parameters:
    ///   - windowBits: The window is 2^`windowBits` bytes, 9 to 15.
    ///   - level: zlib's level, 1 to 9.
    ///   - memoryLevel: zlib's memory level, 1 to 9.
    init(rawWindowBits windowBits: Int, level: Int, memoryLevel: Int) throws(HTTPError) {
        try self.init(-CInt(windowBits), level: CInt(level), memoryLevel: CInt(memoryLevel))
    }

    private init(_ windowBits: CInt, level: CInt, memoryLevel: CInt) throws(HTTPError) {
        self.stream = .allocate(capacity: 1)
        self.stream.initialize(to: z_stream())
        let code = deflateInit2_(
            self.stream,
            level,
            Z_DEFLATED,
            windowBits,
            memoryLevel,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            CInt(MemoryLayout<z_stream>.size)
        )
        guard code == Z_OK else {
            self.stream.deallocate()
            throw .codingUnavailable
        }
    }

    deinit {
        deflateEnd(self.stream)
        self.stream.deallocate()
    }

    func step(_ memory: CodecMemory, _ ending: CodecEnding) -> CodecStep {
        let offered = self.stream.pointee.offer(memory)
        // Only with the last of the input may the stream be ended.
        let flush = offered.input < memory.input.count ? Z_NO_FLUSH : ending.zlibFlush
        let code = deflate(self.stream, flush)
        return self.stream.pointee.step(code, offered: offered, of: memory.input.count)
    }
}

extension CodecEnding {
    fileprivate var zlibFlush: CInt {
        switch self {
        case .none: Z_NO_FLUSH
        case .flush: Z_SYNC_FLUSH
        case .finish: Z_FINISH
        }
    }
}
