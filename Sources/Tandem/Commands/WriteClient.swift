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

    @Argument(help: "Its language: \(ClientLanguage.allCases.map(\.rawValue).joined(separator: ", ")).")
    var language: ClientLanguage
    @Option(name: .shortAndLong, help: "The file to write; standard output without.")
    var output: String?

    func run(_ app: App) async throws {
        let document = OpenAPIDocument(app.routes, info: app.configuration.documentation?.info ?? .init()).json
        let client = try GeneratedClient(of: document, in: self.language)
        for file in client.files { try Output(path: self.output).write(file.text) }
    }
}

extension ClientLanguage: ExpressibleByArgument {}
