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
        let document = try app.document()
        let text = self.format == .yaml ? document.yaml : try JSON.text(document) + "\n"
        try Output(path: self.output).write(text)
    }
}

extension App {
    /// The OpenAPI document of an application that can start; whatever would keep it from that is said here too.
    func document() throws -> JSON {
        _ = try self.handler()
        return OpenAPIDocument(self.routes, info: self.configuration.documentation?.info ?? .init()).json
    }
}
