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

extension Database {
    /// Creates the tables of models that are not there yet, without any file: for tests and first tries.
    ///
    /// - Throws: `DatabaseError`.
    public func createTables(for models: [any Model.Type]) async throws {
        let target = try SchemaState(models.map { $0.table })
        try await self.migrating { db in
            var missing: [Table] = []
            for table in target.sorted where try await !db.hasTable(table.name) { missing.append(table) }
            let created = missing.sortedByReference.map(MigrationOperation.createTable)
            // What is there already is known too, so that new tables can refer to it.
            let present = target.sorted.filter { table in !missing.contains { $0.name == table.name } }
            var state = SchemaState()
            for table in present { try state.apply(.createTable(table)) }
            for action in try db.dialect.actions(for: created, from: state) { try await db.perform(action) }
        }
    }

    /// Runs a migration's work alone: others who migrate wait, and see what was done.
    fileprivate func migrating<Result: Sendable>(
        _ body: (Database) async throws -> Result
    ) async throws -> Result {
        var options = TransactionOptions(retries: 50)
        options.rebuildsTables = true
        return try await self.transaction(options) { db in
            if db.dialect == .postgreSQL {
                // A large table takes its time, and so does who migrates before this one.
                try await db.run(Statement("SET LOCAL statement_timeout = 0", access: .write))
                // Until the end of the transaction; the number is as good as any, and always the same.
                try await db.run(Statement("SELECT pg_advisory_xact_lock(7310871109109)", access: .write))
            }
            return try await body(db)
        }
    }

    fileprivate func hasTable(_ name: String) async throws -> Bool {
        let text =
            switch self.dialect {
            case .sqlite: "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1"
            case .postgreSQL: "SELECT count(*) FROM pg_class WHERE oid = to_regclass($1)"
            }
        let value = self.dialect == .sqlite ? name : name.quotedName
        var count: Int64 = 0
        // In the transaction that makes them, so as a write.
        try await self.run(Statement(text, [.text(value)], access: .unknown)) { row in count = try row.integer() }
        return count > 0
    }

    /// The migrations that are applied, in the order of their names; none where nothing was ever applied.
    func appliedMigrations() async throws -> [AppliedMigration] {
        guard try await self.hasTable(AppliedMigration.tableName) else { return [] }
        var applied: [AppliedMigration] = []
        let text = "SELECT name, checksum, applied_at FROM tandem_migrations ORDER BY name"
        try await self.run(Statement(text, access: .unknown)) { row in
            applied.append(try AppliedMigration(from: &row))
        }
        return applied.sorted { $0.name < $1.name }
    }

    fileprivate func createMigrationTable() async throws {
        try await self.createTables(for: [AppliedMigration.self])
    }
}
