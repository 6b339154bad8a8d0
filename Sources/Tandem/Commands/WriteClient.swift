// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import TandemAPI
import TandemSchema

/// Writes a typed client.
struct WriteClient: AppCommand {
    static let configuration = CommandConfiguration(
        commandName: "client",
        abstract: "Write a typed client that depends on nothing."
    )

    @Argument(help: "Its language: \(Self.languages).", transform: Self.language)
    var language: ClientLanguage
    @Option(name: .shortAndLong, help: "The file to write; standard output without.")
    var output: String?

    func run(_ app: App) async throws {
        let client = try GeneratedClient(of: try app.document(), in: self.language)
        for file in client.files { try Output(path: self.output).write(file.text) }
    }

    private static let languages = ClientLanguage.allCases.map(\.rawValue).joined(separator: ", ")

    private static func language(_ name: String) throws -> ClientLanguage {
        guard let language = ClientLanguage(rawValue: name) else {
            throw ValidationError("'\(name)' is none of the languages \(Self.languages).")
        }
        return language
    }
}
