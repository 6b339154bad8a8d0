// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

@testable import Depot

/// A file in Debian's control format, in a temporary folder that goes when it does.
final class IndexFile: Sendable {
    private let folder: String

    init(_ text: String = "") throws {
        self.folder = "\(FileManager.default.temporaryDirectory.path)/depot-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: self.folder, withIntermediateDirectories: true)
        try self.write(text)
    }

    deinit { try? FileManager.default.removeItem(atPath: self.folder) }

    var path: String { "\(self.folder)/index.control" }
    var index: PackageIndex { .file(self.path) }
    /// A database beside it.
    var database: String { "sqlite:\(self.folder)/depot.sqlite" }

    func write(_ text: String) throws { try Data(text.utf8).write(to: URL(filePath: self.path)) }

    /// As many packages, each of which needs the one before it.
    static func packages(_ count: Int) -> String {
        (0..<count).map { number in
            stanza("package-\(number)", depends: number > 0 ? "package-\(number - 1) (>= 1.0)" : nil)
        }.joined()
    }

    static func stanza(_ name: String, version: String = "1.0", depends: String? = nil) -> String {
        """
        Package: \(name)
        Version: \(version)
        Architecture: amd64
        Section: tests
        Priority: optional
        Installed-Size: 12
        \(depends.map { "Depends: \($0)\n" } ?? "")Description: what \(name) is in \(version)
         There is more to say of it.


        """
    }
}
