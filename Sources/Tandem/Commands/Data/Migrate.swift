// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import TandemData

/// What works on the application's database, which is closed afterwards.
protocol DataCommand: AppCommand {
    /// Does it.
    func run(_ storage: ApplicationStorage) async throws
}

extension DataCommand {
    func run(_ app: App) async throws {
        guard let storage = app.storage else { throw NoDatabase() }
        try await storage.database.closed { try await self.run(storage) }
    }
}

/// A command for a database, of an application that has none.
struct NoDatabase: Error, CustomStringConvertible {
    let description = "The application has no database: call app.database(…) with its models where it is built."
}

/// Makes, applies and undoes migrations.
struct Migrate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database to what the models say.",
        subcommands: [
            MakeMigration.self, MigrateUp.self, MigrateDown.self, ShowMigrations.self, CheckMigrations.self,
        ]
    )
}

/// Applies migrations.
struct MigrateUp: DataCommand {
    static let configuration = CommandConfiguration(commandName: "up", abstract: "Apply what is not applied yet.")

    @Argument(help: "The last migration to apply, such as 0002_add_priority; all of them without.")
    var name: String?
    @Flag(help: "Print the SQL, and change nothing.")
    var dryRun = false

    func run(_ storage: ApplicationStorage) async throws {
        if self.dryRun { return print(try await storage.migrator.plan(to: self.name), terminator: "") }
        let applied = try await storage.migrator.up(to: self.name)
        print(applied.isEmpty ? "There is nothing to apply." : applied.map { "Applied \($0)." }.joined(separator: "\n"))
    }
}

/// Undoes migrations.
struct MigrateDown: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "down",
        abstract: "Undo the last migration, or all behind one."
    )

    @Argument(help: "The last migration that stays; without, only the last one is undone.")
    var name: String?

    func run(_ storage: ApplicationStorage) async throws {
        let undone = try await storage.migrator.down(to: self.name)
        print(undone.isEmpty ? "There is nothing to undo." : undone.map { "Undid \($0)." }.joined(separator: "\n"))
    }
}

/// Lists migrations.
struct ShowMigrations: DataCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "List the migrations.")

    func run(_ storage: ApplicationStorage) async throws {
        let migrations = try await storage.migrator.status()
        if migrations.isEmpty { print("There are no migrations.") }
        let width = migrations.map(\.name.count).max() ?? 0
        for migration in migrations {
            print(migration.name.padded(to: width) + "  " + migration.state.words)
            for warning in migration.warnings { print("    Warning: \(warning)") }
        }
    }
}

/// Looks for what is not as it should be.
struct CheckMigrations: DataCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Find what models, migrations and the database disagree on; the exit code is 1 then."
    )

    func run(_ storage: ApplicationStorage) async throws {
        let findings = try await storage.migrator.check()
        for finding in findings { print(finding) }
        if !findings.isEmpty { throw ExitCode.failure }
    }
}

extension MigrationStatus.State {
    /// What has become of it.
    fileprivate var words: String {
        switch self {
        case .pending: "not applied"
        case .applied(let date): "applied \(date.formatted(.iso8601))"
        case .changed: "changed after it was applied"
        case .missing: "applied, and its file is gone"
        }
    }
}
