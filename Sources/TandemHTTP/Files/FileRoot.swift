// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CTandemSystem

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// An open directory that hands out the files below it, and none that is not.
///
/// The kernel resolves each name beneath the directory (openat2 with RESOLVE_BENEATH), so that nothing can change
/// between a check and the opening. Where it lacks that call, names are walked segment by segment and no symbolic
/// link is followed at all.
struct FileRoot: Sendable {
    private let directory: OpenFile
    private let followsSymlinks: Bool
    private let resolvesBeneath: Bool

    /// Opens a directory, which may itself be reached through symbolic links.
    ///
    /// - Parameters:
    ///   - path: The path of the directory.
    ///   - followsSymlinks: Whether symbolic links below it are followed.
    ///   - resolvesBeneath: False to walk segment by segment even where the kernel can do better.
    /// - Throws: ``FileRootError`` where the directory cannot be opened.
    init(_ path: String, followsSymlinks: Bool, resolvesBeneath: Bool = true) throws {
        let descriptor = openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw FileRootError(path: path, reason: String(cString: strerror(errno)))
        }
        self.directory = OpenFile(descriptor: descriptor)
        self.followsSymlinks = followsSymlinks
        self.resolvesBeneath = resolvesBeneath && Self.canResolveBeneath(descriptor)
    }

    /// Opens what a name stands for; `nil` where there is no such file, or it may not be read.
    ///
    /// - Throws: `HTTPError` with 503 where the process has no descriptor left.
    func open(_ path: RequestedPath) throws(HTTPError) -> OpenedFile? {
        let descriptor = self.resolvesBeneath ? self.openBeneath(path) : self.openBySegments(path)
        guard descriptor >= 0 else {
            let error = HTTPError.cannotOpenFile()
            if error.status == .notFound { return nil }
            throw error
        }
        return OpenedFile(OpenFile(descriptor: descriptor))
    }

    /// A fifo or a device must not hold up the opening; a terminal must not become ours.
    private static let fileFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY

    private func openBeneath(_ path: RequestedPath) -> CInt {
        var name = path.name.isEmpty ? [UInt8(ascii: ".")] : path.name
        name.append(0)
        return name.withUnsafeBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { name in
                guard let start = name.baseAddress else { return CInt(-1) }
                var descriptor: CInt = -1
                // EAGAIN: something was renamed meanwhile, and the kernel could not tell whether it stayed beneath.
                for _ in 0..<8 {
                    descriptor = tandem_open_beneath(
                        self.directory.descriptor,
                        start,
                        Self.fileFlags,
                        self.followsSymlinks
                    )
                    guard descriptor < 0, errno == EAGAIN || errno == EINTR else { break }
                }
                return descriptor
            }
        }
    }

    private func openBySegments(_ path: RequestedPath) -> CInt {
        var parent = self.directory
        let segments = path.segments
        for segment in segments.dropLast() {
            let descriptor = Self.openSegment(segment, in: parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
            guard descriptor >= 0 else { return -1 }
            parent = OpenFile(descriptor: descriptor)
        }
        return Self.openSegment(segments.last ?? [UInt8(ascii: ".")], in: parent, Self.fileFlags | O_NOFOLLOW)
    }

    private static func openSegment(_ segment: ArraySlice<UInt8>, in parent: OpenFile, _ flags: CInt) -> CInt {
        let name = segment.map(CChar.init(bitPattern:)) + [0]
        return openat(parent.descriptor, name, flags)
    }

    /// Whether the call is there: kernels before 5.6 lack it, and sandboxes may forbid it.
    private static func canResolveBeneath(_ descriptor: CInt) -> Bool {
        let probe = tandem_open_beneath(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, false)
        guard probe >= 0 else { return false }
        close(probe)
        return true
    }
}

/// A folder of files to serve could not be opened.
public struct FileRootError: Error, Sendable, CustomStringConvertible {
    /// The folder.
    public let path: String
    /// Why, in the system's words.
    public let reason: String

    /// What failed, why, and what to do.
    public var description: String {
        "The folder \(self.path) cannot be served: \(self.reason). Give the path of a folder that this process may read."
    }
}
