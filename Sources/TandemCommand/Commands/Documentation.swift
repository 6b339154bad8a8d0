// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import Subprocess

/// Fetches the files of the documentation page.
struct Documentation: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docs",
        abstract: "Fetch the files of the documentation page, Swagger UI from PyPI, into .tandem/docs."
    )

    /// Carries Swagger UI as its makers publish it, a version a month.
    static let package = "drf-spectacular-sidecar"

    @Option(help: "The folder to put them into.")
    var output = ".tandem/docs"

    func run() async throws {
        let result = try await Subprocess.run(
            .name("python3"),
            arguments: [
                "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--upgrade",
                "--target", self.output, Self.package,
            ],
            output: .discarded,
            error: .string(limit: 1 << 20)
        )
        guard result.terminationStatus.isSuccess else {
            throw CommandFailure("Python's pip could not fetch \(Self.package): \(result.standardError)")
        }
        print("The documentation page's files are in \(self.output).")
    }
}
