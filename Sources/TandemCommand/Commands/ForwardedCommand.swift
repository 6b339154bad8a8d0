// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// A command that the application of the working directory does: it is built, and run with the same arguments.
protocol ForwardedCommand: AsyncParsableCommand {
    /// What the application's program calls it.
    static var command: String { get }
    /// What is given on.
    var forwarded: Forwarded { get }
}

/// Which application, and what it is told.
struct Forwarded: ParsableArguments {
    @Option(help: "The executable product, where there are several.")
    var product: String?
    @Argument(parsing: .allUnrecognized, help: "What the application's command takes.")
    var arguments: [String] = []
}

extension ForwardedCommand {
    func run() async throws {
        let product = try await ApplicationPackage.product(named: self.forwarded.product)
        try await Toolchain.become("run", ["--quiet", product, Self.command] + self.forwarded.arguments)
    }

    /// The configuration of a command that is called as the application calls it, and what it is for.
    static func called(_ abstract: String) -> CommandConfiguration {
        CommandConfiguration(commandName: self.command, abstract: abstract)
    }
}

struct Serve: ForwardedCommand {
    static let command = "serve"
    static let configuration = Self.called("Build and serve the application in this folder.")
    @OptionGroup var forwarded: Forwarded
}

struct ListRoutes: ForwardedCommand {
    static let command = "routes"
    static let configuration = Self.called("List the endpoints of the application in this folder.")
    @OptionGroup var forwarded: Forwarded
}

struct WriteOpenAPI: ForwardedCommand {
    static let command = "openapi"
    static let configuration = Self.called("Write the OpenAPI document of the application in this folder.")
    @OptionGroup var forwarded: Forwarded
}

struct WriteClient: ForwardedCommand {
    static let command = "client"
    static let configuration = Self.called(
        "Write a client of the application in this folder: typescript, python or swift."
    )
    @OptionGroup var forwarded: Forwarded
}

struct Migrate: ForwardedCommand {
    static let command = "migrate"
    static let configuration = Self.called(
        "Migrate the database of the application in this folder: make, up, down, status or check."
    )
    @OptionGroup var forwarded: Forwarded
}

struct Inspect: ForwardedCommand {
    static let command = "inspect"
    static let configuration = Self.called("Write models for the tables of a database.")
    @OptionGroup var forwarded: Forwarded
}

struct Backup: ForwardedCommand {
    static let command = "backup"
    static let configuration = Self.called("Copy the SQLite database of the application in this folder to a file.")
    @OptionGroup var forwarded: Forwarded
}
