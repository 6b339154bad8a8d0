// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `swift build`, with Tandem's macros built beforehand.
struct Build: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Build the package in this folder, as swift build does.")

    @Argument(parsing: .allUnrecognized, help: "What swift build takes.")
    var arguments: [String] = []

    func run() async throws {
        try await Toolchain.become("build", self.arguments)
    }
}

/// `swift test`, with Tandem's macros built beforehand.
struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Test the package in this folder, as swift test does.")

    @Argument(parsing: .allUnrecognized, help: "What swift test takes.")
    var arguments: [String] = []

    func run() async throws {
        try await Toolchain.become("test", self.arguments)
    }
}
