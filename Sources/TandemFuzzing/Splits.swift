// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// Ways of cutting a run of bytes into pieces, as a network may.
extension ByteBuffer {
    /// In pieces of one length; the last may be shorter.
    package func pieces(of length: Int) -> [ByteBuffer] {
        precondition(length > 0)
        return stride(from: 0, to: self.readableBytes, by: length).compactMap { start in
            self.getSlice(at: self.readerIndex + start, length: Swift.min(length, self.readableBytes - start))
        }
    }

    /// In two, after `count` bytes.
    package func cut(after count: Int) -> [ByteBuffer] {
        [
            self.getSlice(at: self.readerIndex, length: count),
            self.getSlice(at: self.readerIndex + count, length: self.readableBytes - count),
        ].compactMap { $0 }
    }
}
