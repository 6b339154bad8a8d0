// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Reading and writing at an offset, so that one descriptor serves several readers.
extension OpenFile {
    /// Writes all of some bytes.
    func write(_ bytes: Bytes, at offset: Int) throws(FileSystemError) {
        var written = 0
        while written < bytes.count {
            // `pwrite` reads no more than the count that is left from `written` on.
            let result = bytes.withUnsafeBytes { memory in
                pwrite(
                    self.descriptor,
                    memory.baseAddress.map { $0 + written },
                    memory.count - written,
                    off_t(offset + written)
                )
            }
            if result < 0, errno == EINTR { continue }
            guard result > 0 else { throw FileSystemError("pwrite") }
            written += result
        }
    }

    /// Reads at most `count` bytes; none at the end of the file.
    func read(_ count: Int, at offset: Int) throws(FileSystemError) -> Bytes {
        var buffer = ByteBufferAllocator().buffer(capacity: count)
        var result = 0
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { memory in
            result = self.read(into: UnsafeMutableRawBufferPointer(rebasing: memory[..<count]), at: offset)
            return max(result, 0)
        }
        guard result >= 0 else { throw FileSystemError("pread") }
        return Bytes(buffer)
    }
}
