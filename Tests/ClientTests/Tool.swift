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

    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Runs it to its end in a folder, without holding a thread of the others meanwhile.
    func run(_ arguments: [String], in folder: URL) async throws -> (status: Int32, output: String) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: self.path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                do {
                    try process.run()
                    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                    process.waitUntilExit()
                    continuation.resume(returning: (process.terminationStatus, text))
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
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
