// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Subprocess

/// A program of others, run from the root of the repository.
enum Tool {
    static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

    static func run(_ program: String, _ arguments: String...) async throws -> (isSuccess: Bool, text: String) {
        let result = try await Subprocess.run(
            .name("env"),
            arguments: Arguments(["--chdir", self.root, program] + arguments),
            output: .string(limit: 16 << 20),
            error: .combinedWithOutput
        )
        return (result.terminationStatus.isSuccess, result.standardOutput)
    }
}
