// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

extension ByteBuffer {
    /// Takes a mask off the first bytes.
    mutating func unmask(by mask: UInt32, count: Int) {
        var bytes = self.mutableReadableBytesSpan
        bytes.toggle(mask: mask, count: count)
    }
}

/// The mask of a client's frames (RFC 6455, section 5.3).
extension MutableRawSpan {
    /// Takes a mask off the first bytes, or puts it on: eight bytes at a time.
    ///
    /// - Parameters:
    ///   - mask: The four bytes, the first of them lowest.
    ///   - count: How many bytes are masked.
    fileprivate mutating func toggle(mask: UInt32, count: Int) {
        let wide = (UInt64(mask) << 32 | UInt64(mask)).littleEndian
        var offset = 0
        while offset + 8 <= count {
            let word = self.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            self.storeBytes(of: word ^ wide, toByteOffset: offset, as: UInt64.self)
            offset += 8
        }
        var rest = mask
        while offset < count {
            let byte = self.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt8.self)
            self.storeBytes(of: byte ^ UInt8(truncatingIfNeeded: rest), toByteOffset: offset, as: UInt8.self)
            rest = rest >> 8 | rest << 24
            offset += 1
        }
    }
}
