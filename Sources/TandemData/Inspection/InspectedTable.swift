// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A table as a database has it.
struct InspectedTable: Hashable {
    /// What models can describe of it.
    var table: Table
    /// What they cannot, a sentence each.
    var notes: [Note] = []

    struct Note: Hashable {
        /// The column that it is about; nil where it is about the whole.
        var column: String? = nil
        var text: String
    }

    mutating func note(_ text: String, at column: String? = nil) {
        self.notes.append(Note(column: column, text: text))
    }
}

extension Database {
    /// The tables of the database, in the order of their names, but the one that records migrations.
    func inspectedTables() async throws -> [InspectedTable] {
        var tables =
            switch self.dialect {
            case .sqlite: try await SQLiteInspection(self).tables()
            case .postgreSQL: try await PostgreSQLInspection(self).tables()
            }
        tables.removeAll { $0.table.name == AppliedMigration.tableName }
        for index in tables.indices { tables[index].table = tables[index].table.normalized }
        return tables
    }

    /// Writes models for the tables that are there: Swift source, with a comment for what models cannot describe.
    ///
    /// It is for the start with a database that others made: `tandem inspect`.
    ///
    /// - Parameter tables: The tables' names; all of them without.
    /// - Throws: `DatabaseError`; with `migration` where there is no table of a name.
    public func modelSource(of tables: [String]? = nil) async throws -> String {
        let all = try await self.inspectedTables()
        for name in tables ?? [] where !all.contains(where: { $0.table.name == name }) {
            throw DatabaseError.migration("There is no table \"\(name)\".")
        }
        let isWanted = { (table: InspectedTable) in tables?.contains(table.table.name) ?? true }
        return ModelSource(all).text(of: all.filter(isWanted))
    }
}
