// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// A command that the application of the working directory does: it is built, and run with the same arguments.
protocol ForwardedCommand: AsyncParsableCommand {
    /// What the application's program calls it.
    static var command: String { get }
    /// The executable product to run, where the package has several.
    var product: String? { get }
    /// What follows the command.
    var arguments: [String] { get }
}

extension ForwardedCommand {
    func run() async throws {
        let product = try await ApplicationPackage.product(named: self.product)
        try await Toolchain.become("run", ["--quiet", product, Self.command] + self.arguments)
    }
}

struct Serve: ForwardedCommand {
    static let configuration = CommandConfiguration(abstract: "Build and serve the application in this folder.")
    static let command = "serve"

    @Option(help: "The executable product, where there are several.")
    var product: String?
    @Argument(parsing: .allUnrecognized, help: "What the application's command takes.")
    var arguments: [String] = []
}

struct ListRoutes: ForwardedCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes",
        abstract: "List the endpoints of the application in this folder."
    )
    static let command = "routes"

    @Option(help: "The executable product, where there are several.")
    var product: String?
    @Argument(parsing: .allUnrecognized, help: "What the application's command takes.")
    var arguments: [String] = []
}

struct WriteOpenAPI: ForwardedCommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi",
        abstract: "Write the OpenAPI document of the application in this folder."
    )
    static let command = "openapi"

    @Option(help: "The executable product, where there are several.")
    var product: String?
    @Argument(parsing: .allUnrecognized, help: "What the application's command takes.")
    var arguments: [String] = []
}

struct WriteClient: ForwardedCommand {
    static let configuration = CommandConfiguration(
        commandName: "client",
        abstract: "Write a client of the application in this folder: typescript, python or swift."
    )
    static let command = "client"

    @Option(help: "The executable product, where there are several.")
    var product: String?
    @Argument(parsing: .allUnrecognized, help: "What the application's command takes.")
    var arguments: [String] = []
}
