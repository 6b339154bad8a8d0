// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

extension Migrator {
    /// Applies what is not applied yet, each migration in a transaction of its own.
    ///
    /// - Parameter name: The last one to apply; all of them without.
    /// - Returns: The names of those that were applied here, not those that another process applied meanwhile.
    /// - Throws: `DatabaseError`; what was applied before it stays.
    @discardableResult
    public func up(to name: String? = nil) async throws -> [String] {
        let files = try self.folder.files()
        if name == nil, files.isEmpty { return [] }
        // At most starts there is nothing to do, and the check of all rows that ends a migration takes its time.
        let applied = try await self.database.appliedMigrations()
        if !applied.isEmpty, try Self.pending(in: files, after: applied, to: name).isEmpty { return [] }
        try await self.database.createMigrationTable()
        var done: [String] = []
        while let file = try await self.applyNext(of: files, to: name) { done.append(file.name) }
        return done
    }

    /// Applies the first that is not applied; nil where all are.
    private func applyNext(of files: [MigrationFile], to name: String?) async throws -> MigrationFile? {
        try await self.database.migrating { db -> MigrationFile? in
            let applied = try await db.appliedMigrations()
            guard let file = try Self.pending(in: files, after: applied, to: name).first else { return nil }
            let actions = try self.actions(of: file, in: files)
            try await db.perform(actions, of: file)
            try await db.insert(AppliedMigration(name: file.name, checksum: file.checksum, appliedAt: .now))
            return file
        }
    }

    /// Undoes migrations, the last first, each in a transaction of its own.
    ///
    /// - Parameter name: The last one that stays; without, only the last that was applied is undone.
    /// - Returns: The names of those that were undone.
    /// - Throws: `DatabaseError`; with `migration` where one cannot be undone.
    @discardableResult
    public func down(to name: String? = nil) async throws -> [String] {
        let files = try self.folder.files()
        if let name, !files.contains(where: { $0.name == name }) {
            throw DatabaseError.migration("There is no migration \(name).")
        }
        try await self.database.createMigrationTable()
        var done: [String] = []
        repeat {
            guard let undone = try await self.undoLast(of: files, above: name) else { break }
            done.append(undone)
        } while name != nil
        return done
    }

    /// Undoes the last that is applied, where it comes after another; nil where there is none.
    private func undoLast(of files: [MigrationFile], above name: String?) async throws -> String? {
        try await self.database.migrating { db -> String? in
            let applied = try await db.appliedMigrations()
            _ = try Self.pending(in: files, after: applied)
            guard let last = applied.last, name.map({ last.name > $0 }) ?? true,
                let file = files.first(where: { $0.name == last.name })
            else { return nil }
            let before = try files.before(file).replayed()
            let actions = try file.inContext { () throws(DatabaseError) in
                var after = before
                try after.apply(file.operations)
                return try db.dialect.actions(for: file.operations.reversed(from: before), from: after)
            }
            try await db.perform(actions, of: file)
            try await db.delete(last)
            return file.name
        }
    }
}
