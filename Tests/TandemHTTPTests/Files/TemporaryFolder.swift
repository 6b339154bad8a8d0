// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import TandemHTTP

/// A folder that is removed with its last owner.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("\(NSTemporaryDirectory())/tandem-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(call: "mkdtemp", path: "") }
        self.path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: self.path)
    }

    struct Failure: Error {
        let call: String
        let path: String
    }

    /// Writes a file, with its directories; it was changed an hour ago, unless `modified` says otherwise.
    func write(_ name: String, _ content: String, modified: Int? = nil) throws {
        try self.write(name, bytes: Array(content.utf8), modified: modified)
    }

    func write(_ name: String, bytes: [UInt8], modified: Int? = nil) throws {
        let file = "\(self.path)/\(name)"
        try self.makeDirectory(String(name.split(separator: "/").dropLast().joined(separator: "/")))
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        var times = [timespec(), timespec()]
        times[0].tv_sec = modified ?? HTTPDate.now.secondsSince1970 - 3600
        times[1] = times[0]
        guard utimensat(AT_FDCWD, file, times, 0) == 0 else { throw Failure(call: "utimensat", path: file) }
    }

    func makeDirectory(_ name: String) throws {
        try FileManager.default.createDirectory(
            atPath: "\(self.path)/\(name)",
            withIntermediateDirectories: true
        )
    }

    func link(_ name: String, to target: String) throws {
        guard symlink(target, "\(self.path)/\(name)") == 0 else { throw Failure(call: "symlink", path: name) }
    }

    func makeFifo(_ name: String) throws {
        guard mkfifo("\(self.path)/\(name)", 0o644) == 0 else { throw Failure(call: "mkfifo", path: name) }
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: "\(self.path)/\(name)")
    }

    func move(_ name: String, to other: String) throws {
        guard rename("\(self.path)/\(name)", "\(self.path)/\(other)") == 0 else {
            throw Failure(call: "rename", path: name)
        }
    }
}
