// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// A program of the machine that judges a client, or runs it.
struct Tool: Sendable {
    let name: String
    private let path: String

    /// The first of some programs that is there; a test that needs one that is not fails, and says what installs it.
    init(_ names: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let found = names.lazy.flatMap { name in
            name.hasPrefix("/") ? [name] : folders.map { "\($0)/\(name)" }
        }.first(where: FileManager.default.isExecutableFile)
        self.name = names[0]
        self.path = try #require(
            found,
            "\(names.joined(separator: " or ")) is not installed; Scripts/setup test installs it",
            sourceLocation: sourceLocation
        )
    }

    /// A program of the Python environment that `Scripts/setup test` makes.
    static func inPythonEnvironment(_ name: String) throws -> Tool {
        try Tool(Self.root.appending(path: ".tools/python/bin/\(name)").path)
    }

    /// Where mypy keeps what it knows of the standard library, so that later runs take a second.
    static let cache = Self.root.appending(path: ".build/mypy").path

    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Runs it to its end in a folder; what it has not done in a minute it never will.
    func run(_ arguments: [String], in folder: URL) async throws -> (status: Int32, output: String) {
        // A file, not a pipe: what a browser leaves behind would hold a pipe open.
        let file = folder.appending(path: "output-\(UUID())")
        try Data().write(to: file)
        let output = try FileHandle(forWritingTo: file)
        let process = Process()
        process.executableURL = URL(filePath: self.path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        let (ends, continuation) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { continuation.yield($0.terminationStatus) }
        try process.run()
        let id = process.processIdentifier
        let limit = DispatchWorkItem { kill(id, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: limit)
        defer { limit.cancel() }
        var iterator = ends.makeAsyncIterator()
        let status = await iterator.next() ?? -1
        return (status, try String(contentsOf: file, encoding: .utf8))
    }

    /// Runs it, and fails the test with what it wrote where it does not succeed.
    @discardableResult
    func check(
        _ arguments: [String],
        in folder: URL,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let (status, output) = try await self.run(arguments, in: folder)
        try #require(status == 0, "\(self.name) ended with \(status):\n\(output)", sourceLocation: sourceLocation)
        return output
    }
}
