// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A system call on a file that failed.
public struct FileSystemError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The call, such as `open`.
    public let call: String
    /// Its error number, such as `ENOENT`.
    public let code: Int32

    /// The failure of a call just made.
    init(_ call: String) {
        self.call = call
        self.code = errno
    }

    /// The call and what the system says.
    public var description: String {
        "\(self.call): \(strerror(self.code).map { String(cString: $0) } ?? "error \(self.code)")"
    }
}
