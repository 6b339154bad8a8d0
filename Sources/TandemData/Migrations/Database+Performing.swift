// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Database {
    /// Does what a migration does.
    func perform(_ actions: [MigrationAction], of file: MigrationFile) async throws {
        for action in actions {
            do {
                try await self.perform(action)
            } catch let error as DatabaseError {
                throw DatabaseError(
                    .migration,
                    "\(file.name) could not be applied, and nothing of it was: \(error.message)",
                    table: error.table,
                    columns: error.columns,
                    cause: error.cause ?? error
                )
            }
        }
    }

    /// Does one thing that a migration does.
    func perform(_ action: MigrationAction) async throws {
        switch action {
        case .statement(let text): try await self.change(text)
        case .rebuild(let table, let statements): try await self.rebuild(table, statements)
        case .requireEmpty(let table, let message):
            var isEmpty = true
            let text = "SELECT 1 FROM \(table.quotedName) LIMIT 1"
            try await self.run(Statement(text, access: .unknown)) { _ in isEmpty = false }
            guard isEmpty else { throw DatabaseError.migration(message) }
        }
    }

    private func change(_ text: String) async throws {
        try await self.run(Statement(text, access: .write))
    }

    /// Makes a table of SQLite once more.
    ///
    /// Views and triggers that speak of it are in the way of its new name, and its own triggers go with the old table:
    /// all of them are made again afterwards, as they were.
    private func rebuild(_ table: String, _ statements: [String]) async throws {
        // Those that keep a search right are dropped and made by the statements.
        let own = Table(table, columns: [], key: []).searchTriggers
        let views = try await self.schema(of: "view")
        let triggers = try await self.schema(of: "trigger").filter { trigger in
            trigger.text.mentionsSQLName(table) && !own.contains(trigger.name)
        }
        for trigger in triggers { try await self.change("DROP TRIGGER \(trigger.name.quotedName)") }
        for view in views { try await self.change("DROP VIEW \(view.name.quotedName)") }
        for statement in statements { try await self.change(statement) }
        for entry in views + triggers { try await self.change(entry.text) }
    }

    private func schema(of type: String) async throws -> [(name: String, text: String)] {
        var entries: [(name: String, text: String)] = []
        let text = "SELECT name, sql FROM sqlite_schema WHERE type = '\(type)' AND sql IS NOT NULL"
        try await self.run(Statement(text + " ORDER BY rowid", access: .unknown)) { row in
            entries.append((try row.text(), try row.text()))
        }
        return entries
    }
}
