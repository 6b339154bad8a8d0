// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Reference: Relation {
    /// Loads the row that each row names.
    ///
    /// - Throws: `DatabaseError`; with `notFound` where there is no such row, which the database keeps from happening.
    public func load(for rows: [Root], in db: Database) async throws -> [Target] {
        let found = try await db.rowsByKey(Target.self, rows.map(self.key))
        return try rows.map { row in
            guard let target = found[self.key(row)] else { throw DatabaseError.notFound(Target.self) }
            return target
        }
    }
}

extension OptionalReference: Relation {
    /// Loads the row that each row names, where it names one.
    ///
    /// - Throws: `DatabaseError`.
    public func load(for rows: [Root], in db: Database) async throws -> [Target?] {
        let found = try await db.rowsByKey(Target.self, rows.compactMap(self.key))
        return rows.map { row in self.key(row).flatMap { found[$0] } }
    }
}

extension Database {
    /// The rows of keys, each once.
    fileprivate func rowsByKey<M: Model>(_ model: M.Type, _ keys: [M.ID]) async throws -> [M.ID: M] {
        let rows = try await self.find(model, in: Array(Set(keys)))
        return Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
