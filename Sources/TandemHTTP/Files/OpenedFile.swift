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

/// An open file and what the system said of it once it was open.
struct OpenedFile: Sendable {
    enum Kind: Sendable {
        case regular, directory
    }

    let file: OpenFile
    let kind: Kind
    /// In bytes.
    let size: Int
    /// When it was last changed: seconds since 1970 and nanoseconds.
    let modified: (second: Int, nanosecond: Int)
    let inode: UInt64

    /// Asks the system; `nil` for what is neither a regular file nor a directory, such as a fifo or a device.
    init?(_ file: OpenFile) {
        var status = stat()
        guard fstat(file.descriptor, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: self.kind = .regular
        case S_IFDIR: self.kind = .directory
        default: return nil
        }
        #if canImport(Darwin)
        let time = status.st_mtimespec
        #else
        let time = status.st_mtim
        #endif
        self.file = file
        self.size = Int(status.st_size)
        self.modified = (Int(time.tv_sec), Int(time.tv_nsec))
        self.inode = UInt64(status.st_ino)
    }
}

extension OpenFile {
    /// Reads at most `count` bytes from an offset; fewer near the end, and none past it.
    func read(at offset: Int, upTo count: Int) throws(HTTPError) -> Bytes {
        var buffer = ByteBuffer()
        let read = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { memory in
            var read = -1
            repeat {
                read = pread(self.descriptor, memory.baseAddress, count, off_t(offset))
            } while read < 0 && errno == EINTR
            return max(read, 0)
        }
        guard read > 0 || count == 0 else {
            throw HTTPError(.internalServerError, "A file could not be read to its announced end.")
        }
        return Bytes(buffer)
    }
}
