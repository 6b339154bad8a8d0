// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The program `tandem`: starts applications, and has those in the working directory do what their programs can.
@main
struct Tandem: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tandem",
        abstract: "Make and run Tandem applications.",
        subcommands: [
            Create.self, Documentation.self, Serve.self, ListRoutes.self, WriteOpenAPI.self, WriteClient.self,
            Migrate.self, Inspect.self, Backup.self, Build.self, Test.self,
        ]
    )
}
