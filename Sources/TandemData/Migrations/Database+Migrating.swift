// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Database {
    /// Runs a migration's work alone: others who migrate wait, and see what was done.
    func migrating<Result: Sendable>(
        _ body: (Database) async throws -> Result
    ) async throws -> Result {
        var options = TransactionOptions(retries: 50)
        options.rebuildsTables = true
        return try await self.transaction(options) { db in
            if db.dialect == .postgreSQL { try await db.lockMigrations() }
            return try await body(db)
        }
    }

    /// Has others who migrate wait until the end of this transaction of PostgreSQL, or of this process.
    private func lockMigrations() async throws {
        // A large table takes its time, and so does who migrates before this one.
        try await self.run(Statement("SET LOCAL statement_timeout = 0", access: .write))
        // Where the server can tell, it gives up the statement of a process that is gone, and with it the lock.
        let notice = """
            SELECT set_config(name, '1s', true) FROM pg_settings
            WHERE name = 'client_connection_check_interval' AND version() LIKE '%linux%'
            """
        try await self.run(Statement(notice, access: .write))
        // The number is as good as any, and always the same.
        try await self.run(Statement("SELECT pg_advisory_xact_lock(7310871109109)", access: .write))
    }

    func hasTable(_ name: String) async throws -> Bool {
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

    func createMigrationTable() async throws {
        try await self.createTables(for: [AppliedMigration.self])
    }
}
