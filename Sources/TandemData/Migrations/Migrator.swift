// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Brings a database to what the models say, by the migrations of a folder.
///
/// ```swift
/// let migrator = Migrator(db, folder: "Migrations", models: [Ticket.self, Customer.self])
/// try migrator.make("add_priority")
/// try await migrator.up()
/// ```
/// A migration is a file that people can read and change before it is applied. Each is applied in a transaction of its
/// own, and recorded in the table `tandem_migrations`; of several processes that migrate at once, one does and the
/// others wait.
public struct Migrator: Sendable {
    let database: Database
    let folder: MigrationFolder
    let models: [Table]

    /// What migrates a database.
    ///
    /// - Parameters:
    ///   - database: The database.
    ///   - folder: Where the migrations are, from the working folder; it need not be there yet.
    ///   - models: The models of the application.
    public init(_ database: Database, folder: String, models: [any Model.Type]) {
        self.init(database, folder: folder, tables: models.map { $0.table })
    }

    init(_ database: Database, folder: String, tables: [Table]) {
        self.database = database
        self.folder = MigrationFolder(path: folder)
        self.models = tables
    }

    /// What has become of each migration.
    ///
    /// - Throws: `DatabaseError`.
    public func status() async throws -> [MigrationStatus] {
        let files = try self.folder.files()
        let applied = try await self.database.appliedMigrations()
        let missing = applied.filter { migration in !files.contains { $0.name == migration.name } }
        let statuses = try files.map { file in
            guard let record = applied.first(where: { $0.name == file.name }) else {
                return MigrationStatus(name: file.name, state: .pending, warnings: try files.warnings(of: file))
            }
            let isSame = record.checksum == file.checksum
            return MigrationStatus(name: file.name, state: isSame ? .applied(record.appliedAt) : .changed)
        }
        return (statuses + missing.map { MigrationStatus(name: $0.name, state: .missing) }).sorted { $0.name < $1.name }
    }

    /// What is not as it should be: models without a migration, migrations that are not applied, or were changed or
    /// removed after they were, and tables that are not as the migrations left them.
    ///
    /// - Returns: A sentence each; none where all is well.
    /// - Throws: `DatabaseError`.
    public func check() async throws -> [String] {
        let files = try self.folder.files()
        let status = try await self.status()
        var findings = status.compactMap(\.finding)
        if try !self.isComplete(files) {
            findings.append("The models say what no migration does: make one.")
        }
        let applied = files.filter { file in status.contains { $0.name == file.name && $0.state.isApplied } }
        return findings + (try await self.database.differences(from: applied))
    }

    /// The SQL that `up` would run.
    ///
    /// - Throws: `DatabaseError`.
    public func plan(to name: String? = nil) async throws -> String {
        let files = try self.folder.files()
        let pending = try Self.pending(in: files, after: try await self.database.appliedMigrations(), to: name)
        var text = ""
        for file in pending {
            text += "-- \(file.name)\n"
            for warning in try files.warnings(of: file) { text += "-- Warning: \(warning)\n" }
            for action in try self.actions(of: file, in: files) { text += action.text + "\n" }
        }
        return text
    }

    /// The files that are not applied yet, in order.
    ///
    /// - Throws: Where one that was applied is another now, or gone, or comes after one that was not.
    static func pending(
        in files: [MigrationFile],
        after applied: [AppliedMigration],
        to name: String? = nil
    ) throws(DatabaseError) -> [MigrationFile] {
        if let name, !files.contains(where: { $0.name == name }) {
            throw .migration("There is no migration \(name).")
        }
        for record in applied {
            guard let file = files.first(where: { $0.name == record.name }) else {
                throw .migration("\(record.name) is applied, and its file is gone: put it back.")
            }
            guard file.checksum == record.checksum else {
                throw .migration(
                    "\(record.name) was changed after it was applied: put it back, and make a migration for what is new."
                )
            }
        }
        let names = Set(applied.map(\.name))
        let pending = files.filter { file in
            !names.contains(file.name) && (name.map { file.name <= $0 } ?? true)
        }
        if let first = pending.first, let later = applied.first(where: { $0.name > first.name }) {
            throw .migration(
                "\(first.name) would come before \(later.name), which is applied: give it the next number."
            )
        }
        return pending
    }

    /// What a migration does in this database.
    func actions(of file: MigrationFile, in files: [MigrationFile]) throws(DatabaseError) -> [MigrationAction] {
        let before = try files.before(file).replayed()
        return try file.inContext { () throws(DatabaseError) in
            try self.database.dialect.actions(for: file.operations, from: before)
        }
    }
}
