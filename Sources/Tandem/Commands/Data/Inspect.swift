// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import TandemData

/// Writes models from the tables of a database.
struct Inspect: AppCommand {
    static let configuration = CommandConfiguration(abstract: "Write models for the tables of a database.")

    @Argument(help: "The tables; all of them without.")
    var tables: [String] = []
    @Option(help: "Another database than the application's: sqlite:… or postgres://….")
    var url: String?
    @Option(name: .shortAndLong, help: "The file to write; standard output without.")
    var output: String?

    func run(_ app: App) async throws {
        let own = try self.url.map { try Database(url: $0) }
        guard let database = own ?? app.storage?.database else { throw NoDatabase() }
        try await database.closed {
            let source = try await database.modelSource(of: self.tables.isEmpty ? nil : self.tables)
            try Output(path: self.output).write(source)
        }
    }
}

/// Copies the database to a file.
struct Backup: DataCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy the SQLite database to a file, while others read and write."
    )

    @Argument(help: "The file, which is not there yet.")
    var path: String

    func run(_ storage: ApplicationStorage) async throws {
        try await storage.database.backup(to: self.path)
        print("The database is copied to \(self.path).")
    }
}
