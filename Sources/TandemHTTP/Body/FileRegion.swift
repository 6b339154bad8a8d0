// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

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
}
