// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Migrator {
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
