// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A program run to its end.
struct Subprocess: Sendable {
    /// What it wrote to both outputs.
    let output: String
    let status: Int32

    /// Runs a program that is on the PATH.
    static func run(_ program: String, _ arguments: [String], input: String = "") async throws -> Subprocess {
        try await blocking { try self.runHere(program, arguments, input: input) }
    }

    private static func runHere(_ program: String, _ arguments: [String], input: String) throws -> Subprocess {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let (stdin, stdout) = (Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = stdout
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Subprocess(output: String(decoding: output, as: UTF8.self), status: process.terminationStatus)
    }

    /// Whether a program is on the PATH.
    static func isInstalled(_ program: String) -> Bool {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
        }
    }

    /// The Python environment that `Scripts/setup test` makes, where it is there.
    static let python: String? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let python = root.appendingPathComponent(".tools/python/bin/python").path
        return FileManager.default.isExecutableFile(atPath: python) ? python : nil
    }()
}

/// Runs `body` with a folder of its own, which is removed afterwards.
func withTemporaryFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tandem-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.path)
}

/// Asks again and again until `condition` holds; false where it does not within ten seconds.
func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(10)
    while clock.now < deadline {
        if try await condition() { return true }
        try await clock.sleep(for: .milliseconds(5))
    }
    return false
}
