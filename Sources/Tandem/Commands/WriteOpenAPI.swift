// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import TandemAPI
import TandemSchema

/// Writes the OpenAPI document.
struct WriteOpenAPI: AppCommand {
    static let configuration = CommandConfiguration(commandName: "openapi", abstract: "Write the OpenAPI document.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case json, yaml
    }

    @Option(help: "How to write it: json or yaml.")
    var format = Format.json
    @Option(name: .shortAndLong, help: "The file to write; standard output without.")
    var output: String?

    func run(_ app: App) async throws {
        // Whatever would keep the application from starting is said here too.
        _ = try app.handler()
        let document = OpenAPIDocument(app.routes, info: app.configuration.documentation?.info ?? .init()).json
        let text = self.format == .yaml ? document.yaml : try JSON.text(document) + "\n"
        try Output(path: self.output).write(text)
    }
}
