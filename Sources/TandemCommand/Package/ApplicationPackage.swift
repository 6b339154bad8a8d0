// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Subprocess

/// The package in the working directory.
struct ApplicationPackage: Decodable {
    private let targets: [Target]

    private struct Target: Decodable {
        let name: String
        let type: String
    }

    /// The executable to run: the one that is named, or the only one there is.
    static func product(named name: String?) async throws -> String {
        if let name { return name }
        let executables = try await self.described().targets.filter { $0.type == "executable" }.map(\.name)
        if executables.count == 1 { return executables[0] }
        throw CommandFailure(
            executables.isEmpty
                ? "The package here has no program: an application is an executable target."
                : "The package here has several programs; say which by --product: \(executables.joined(separator: ", "))."
        )
    }

    private static func described() async throws -> ApplicationPackage {
        let result = try await Subprocess.run(
            .name("swift"),
            arguments: ["package", "describe", "--type", "json"],
            output: .string(limit: 16 << 20),
            error: .string(limit: 1 << 20)
        )
        guard result.terminationStatus.isSuccess else {
            throw CommandFailure("There is no Swift package here: \(result.standardError)")
        }
        return try JSONDecoder().decode(Self.self, from: Data(result.standardOutput.utf8))
    }
}
