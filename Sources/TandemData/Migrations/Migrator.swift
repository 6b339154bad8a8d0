// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

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
    private let models: [Table]

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

    // MARK: - Making

    /// Writes a migration from what the files so far say to what the models say.
    ///
    /// - Parameters:
    ///   - title: What it is called after its number: `add_priority`.
    ///   - answers: What the models alone do not tell.
    /// - Returns: The file's path and text; `nil` where the models say nothing new.
    /// - Throws: `DatabaseError` that says which answers are missing, or what is wrong in a file.
    @discardableResult
    public func make(_ title: String, answers: MigrationAnswers = MigrationAnswers()) throws -> MadeMigration? {
        let files = try self.folder.files()
        let operations = try self.difference(files, answers)
        guard !operations.isEmpty else { return nil }
        let name = MigrationFolder.name(title, after: files)
        let state = try files.replayed()
        let file = try MigrationFile(name: name, text: MigrationText(operations).written(from: state))
        guard file.operations == operations else {
            throw DatabaseError.migration(
                "The migration would not read back as what it says; this is a fault of Tandem."
            )
        }
        try self.folder.write(file)
        return MadeMigration(
            path: "\(self.folder.path)/\(name)\(MigrationFolder.suffix)",
            text: file.text,
            warnings: try operations.warnings(from: state).flatMap(\.self)
        )
    }

    /// What leads from the files to the models.
    func difference(_ files: [MigrationFile], _ answers: MigrationAnswers) throws -> [MigrationOperation] {
        let target = try SchemaState(self.models)
        return try SchemaDifference(from: try files.replayed(), to: target, answers: answers).operations
    }

    /// Whether the files leave the tables as the models say.
    func isComplete(_ files: [MigrationFile]) throws(DatabaseError) -> Bool {
        try SchemaDifference.isNone(between: try files.replayed(), and: SchemaState(self.models))
    }

    // MARK: - Looking

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
        let pending = files.filter { !names.contains($0.name) && name.map($0.name.isUpTo) ?? true }
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

extension String {
    /// Whether it comes before another in the order of their names, or is the same.
    fileprivate func isUpTo(_ other: String) -> Bool { self <= other }
}

/// A migration that was written.
public struct MadeMigration: Hashable, Sendable {
    /// The file.
    public let path: String
    /// What is in it.
    public let text: String
    /// What rows that are there lose by it, and what in them may stop it: a sentence each, which the text has too.
    public let warnings: [String]
}

/// What has become of a migration.
public struct MigrationStatus: Hashable, Sendable {
    /// Its name: `0002_add_priority`.
    public let name: String
    /// What has become of it.
    public let state: State
    /// Where it is not applied yet: what rows that are there lose by it, and what in them may stop it.
    public var warnings: [String] = []

    /// What can become of a migration.
    public enum State: Hashable, Sendable {
        /// Its file is there, and it was not applied yet.
        case pending
        /// It was applied at that time.
        case applied(Date)
        /// It was applied, and its file changed afterwards.
        case changed
        /// It was applied, and its file is gone.
        case missing

        fileprivate var isApplied: Bool { if case .applied = self { true } else { false } }
    }

    /// What is wrong with that, if anything is.
    var finding: String? {
        switch self.state {
        case .pending: "\(self.name) is not applied: migrate up."
        case .applied: nil
        case .changed: "\(self.name) was changed after it was applied: put it back, and make another."
        case .missing: "\(self.name) is applied, and its file is gone: put it back."
        }
    }
}
