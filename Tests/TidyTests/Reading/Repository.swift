// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The repository that these tests stand in.
enum Repository {
    /// A file of text, by its path from the root.
    struct File: Sendable {
        let path: String
        let text: String

        /// The lines with their numbers.
        var lines: [(number: Int, text: Substring)] {
            self.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { ($0 + 1, $1) }
        }
    }

    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// What is committed, as far as it is text; what git ignores is left out by name.
    static let files: [File] = paths(below: "").compactMap { path in
        guard let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8) else { return nil }
        return File(path: path, text: text)
    }

    /// The Swift files.
    static let swift: [SwiftFile] = files.filter { $0.path.hasSuffix(".swift") }.map { SwiftFile($0.path, $0.text) }

    /// The Swift files of the targets.
    static let sources: [SwiftFile] = swift.filter { $0.path.hasPrefix("Sources/") && !$0.isGenerated }

    /// The Swift files of the tests.
    static let tests: [SwiftFile] = swift.filter { $0.path.hasPrefix("Tests/") }

    /// The documents.
    static let documents: [File] = files.filter { $0.path.hasSuffix(".md") }

    static func file(_ path: String) throws -> File {
        guard let file = files.first(where: { $0.path == path }) else { throw Missing(path: path) }
        return file
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: self.root.appending(path: path).path)
    }

    struct Missing: Error, CustomStringConvertible {
        let path: String
        var description: String { "There is no \(self.path)." }
    }

    private static let dotted: Set<String> = [".ci", ".github", ".gitignore", ".swift-format"]
    private static let ignored: Set<String> = ["Package.resolved", "__pycache__", "node_modules", "quick"]

    private static func paths(below folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: self.root.appending(path: folder).path)) ?? []
        return names.sorted().flatMap { name -> [String] in
            if self.ignored.contains(name) || name.hasPrefix(".") && !self.dotted.contains(name) { return [] }
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: self.root.appending(path: path).path, isDirectory: &isFolder)
            return isFolder.boolValue ? self.paths(below: path) : [path]
        }
    }
}
