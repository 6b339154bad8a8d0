// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import TandemData

/// A process of its own that migrates a database, and says what it applied.
final class MigrationProcess {
    private let process = Process()
    private let output = Pipe()
    private let errors = Pipe()

    /// Starts it: it migrates to one migration after the other.
    init(_ url: String, folder: String, names: [String]) throws {
        self.process.executableURL = SQLiteCrashTests.fixture
        self.process.arguments = [url, folder] + names
        self.process.standardOutput = self.output
        self.process.standardError = self.errors
        try self.process.run()
    }

    /// Waits until it has told of so many migrations, or has ended.
    func waitForLines(_ count: Int) throws {
        var lines = 0
        while lines < count, let byte = try self.output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty {
            lines += byte == Data("\n".utf8) ? 1 : 0
        }
    }

    func kill() { Foundation.kill(self.process.processIdentifier, SIGKILL) }

    /// Waits for its end.
    ///
    /// - Returns: What it applied, as far as that was not read yet, and what it said of an error.
    func end() throws -> (applied: [String], error: String) {
        let text = try self.output.fileHandleForReading.readToEnd() ?? Data()
        let error = try self.errors.fileHandleForReading.readToEnd() ?? Data()
        self.process.waitUntilExit()
        let applied = String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
        return (applied, String(decoding: error, as: UTF8.self))
    }
}
