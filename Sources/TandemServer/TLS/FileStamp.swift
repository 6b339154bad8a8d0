// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if TLS
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What tells that a file was written or replaced.
struct FileStamp: Equatable {
    private let inode: UInt64
    private let size: Int64
    private let seconds: Int
    private let nanoseconds: Int

    /// The stamp of a file, or `nil` where there is none.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        #if canImport(Darwin)
        let modified = status.st_mtimespec
        #else
        let modified = status.st_mtim
        #endif
        self.inode = UInt64(status.st_ino)
        self.size = Int64(status.st_size)
        self.seconds = Int(modified.tv_sec)
        self.nanoseconds = Int(modified.tv_nsec)
    }
}

extension TLSSettings {
    /// The stamps of all files named.
    var fileStamps: [FileStamp] {
        let certificates = [self.certificate] + self.certificatesByHost.values
        let sources = certificates.flatMap { [$0.chain, $0.key] } + (self.clientAuthorities.map { [$0] } ?? [])
        return sources.compactMap { source in
            if case .file(let path) = source { FileStamp(path: path) } else { nil }
        }
    }
}
#endif
