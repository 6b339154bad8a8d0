// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension UploadedFile {
    /// Puts the file at a path, readable and writable by the process's user alone (0600).
    ///
    /// A file on the disk gets its name in one step where the path is on the same file system; else, and in a second
    /// call, the bytes are copied. They are not forced to the disk.
    ///
    /// - Parameter path: Where no file is yet; make it of ids of your own, at most of ``safeFilename``.
    /// - Throws: ``FileSystemError``, with `EEXIST` where a file is there already.
    public func save(to path: String) async throws {
        if case .file(let file, _) = self.storage, try file.link(to: path) { return }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileSystemError("open") }
        let copy = OpenFile(descriptor: descriptor)
        do {
            var offset = 0
            for try await bytes in self.contents {
                try copy.write(bytes, at: offset)
                offset += bytes.count
            }
        } catch {
            unlink(path)
            throw error
        }
    }
}

extension OpenFile {
    /// Gives a file without a name one; false where only a copy can have it.
    fileprivate func link(to path: String) throws(FileSystemError) -> Bool {
        #if os(Linux)
        var status = stat()
        // Two names would be one file, changed together.
        guard fstat(self.descriptor, &status) == 0, status.st_nlink == 0 else { return false }
        let source = "/proc/self/fd/\(self.descriptor)"
        if linkat(AT_FDCWD, source, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 { return true }
        if errno == EEXIST { throw FileSystemError("linkat") }
        #endif
        return false
    }
}
