// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

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
}
