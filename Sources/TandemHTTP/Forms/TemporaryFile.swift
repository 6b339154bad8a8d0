// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Files without a name: nobody else can open them, and they are gone with their descriptor, after a crash too.
enum TemporaryFile {
    /// Opens a new one for reading and writing, in `TMPDIR` or else `/tmp` by default.
    static func make(in directory: String?) throws(FileSystemError) -> OpenFile {
        let directory = directory ?? Self.defaultDirectory
        #if os(Linux)
        // O_TMPFILE is a macro that Swift does not see: __O_TMPFILE | O_DIRECTORY.
        let flags = 0o20_000_000 | O_DIRECTORY | O_RDWR | O_CLOEXEC
        let descriptor = open(directory, flags, 0o600)
        if descriptor >= 0 { return OpenFile(descriptor: descriptor) }
        // Not every file system can do that.
        guard errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL else { throw FileSystemError("open") }
        #endif
        return try Self.makeUnlinked(in: directory)
    }

    /// Opens a file under a random name and takes the name away.
    static func makeUnlinked(in directory: String) throws(FileSystemError) -> OpenFile {
        var path = Array("\(directory)/tandem-XXXXXX".utf8CString)
        let descriptor = mkstemp(&path)
        guard descriptor >= 0 else { throw FileSystemError("mkstemp") }
        let file = OpenFile(descriptor: descriptor)
        guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else { throw FileSystemError("fcntl") }
        guard unlink(&path) == 0 else { throw FileSystemError("unlink") }
        return file
    }

    private static let defaultDirectory: String = {
        guard let value = getenv("TMPDIR"), value[0] != 0 else { return "/tmp" }
        return String(cString: value)
    }()
}
