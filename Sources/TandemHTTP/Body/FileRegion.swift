// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A part of an open file.
public struct FileRegion: Sendable {
    package let file: OpenFile
    /// Where the part begins, in bytes from the start of the file.
    public let offset: Int
    /// The number of bytes.
    public let length: Int

    package init(file: OpenFile, offset: Int, length: Int) {
        self.file = file
        self.offset = offset
        self.length = length
    }
}

/// A file descriptor that is closed with its last owner.
package final class OpenFile: Sendable {
    package let descriptor: CInt

    package init(descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit {
        close(self.descriptor)
    }

    /// Reads what fits, or what one call of the system gives: none at the end of the file, -1 where it fails.
    func read(into memory: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
        while true {
            let result = pread(self.descriptor, memory.baseAddress, memory.count, off_t(offset))
            if result >= 0 || errno != EINTR { return result }
        }
    }
}

extension FileRegion {
    /// Reads the whole region behind what `buffer` has.
    ///
    /// - Returns: False, with `buffer` as it was, where the file has become shorter or cannot be read.
    package func read(into buffer: inout ByteBuffer) -> Bool {
        let count = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: self.length) { memory in
            var count = 0
            while count < self.length {
                let rest = UnsafeMutableRawBufferPointer(rebasing: memory[count..<self.length])
                let result = self.file.read(into: rest, at: self.offset + count)
                guard result > 0 else { return 0 }
                count += result
            }
            return count
        }
        return count == self.length
    }

    /// The region as a stream, for connections that the kernel cannot send it on.
    package var stream: BodyStream {
        BodyStream(length: self.length) { writer in
            let step = 128 * 1024
            for start in stride(from: 0, to: self.length, by: step) {
                let part = FileRegion(
                    file: self.file,
                    offset: self.offset + start,
                    length: Swift.min(step, self.length - start)
                )
                var buffer = ByteBuffer()
                guard part.read(into: &buffer) else {
                    throw HTTPError(.internalServerError, "A file could not be read to its announced end.")
                }
                try await writer.write(Bytes(buffer))
            }
        }
    }
}
