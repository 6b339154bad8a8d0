// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

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
