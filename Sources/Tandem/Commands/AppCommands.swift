// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import TandemServer

/// What an application's program can be asked to do.
protocol AppCommand: ParsableCommand {
    /// Does it.
    func run(_ app: App) async throws
}

/// The commands of an application's program.
struct AppCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: CommandLine.arguments.first?.split(separator: "/").last.map(String.init),
        subcommands: [
            Serve.self, ListRoutes.self, WriteOpenAPI.self, WriteClient.self, Migrate.self, Inspect.self, Backup.self,
        ],
        defaultSubcommand: Serve.self
    )

    /// What the command line says behind the program's name.
    static var arguments: [String] { Array(CommandLine.arguments.dropFirst()) }

    /// Does something; an error is said in a line, and ends the process.
    static func exitingOnError(_ body: () async throws -> Void) async {
        do { try await body() } catch { Self.exit(withError: error) }
    }
}

extension App {
    /// Runs the application by the arguments of the command line: `serve`, which is what it does without any,
    /// `routes`, `openapi`, `client`, `migrate`, `inspect` or `backup`; `--help` tells more.
    ///
    /// `serve` returns once the process was asked to end, by SIGTERM or SIGINT, and what was in flight is answered.
    /// An error is said in a line, and ends the process.
    public func run() async throws {
        await AppCommands.exitingOnError { try await self.run(AppCommands.arguments) }
    }

    /// Runs the application by arguments.
    ///
    /// - Throws: What is wrong with the arguments, or went wrong.
    func run(_ arguments: [String]) async throws {
        var command = try AppCommands.parseAsRoot(arguments)
        if let command = command as? any AppCommand { try await command.run(self) } else { try command.run() }
    }
}
