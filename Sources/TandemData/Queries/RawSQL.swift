// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// SQL by hand. Its values are bound, since `SQL` is made of a literal alone.
extension Database {
    /// Runs SQL that changes something.
    ///
    /// ```swift
    /// let count = try await db.execute("UPDATE packages SET size = 0 WHERE section = \(section)")
    /// ```
    /// - Returns: How many rows were changed.
    /// - Throws: `DatabaseError`.
    @discardableResult
    public func execute(_ sql: SQL) async throws -> Int {
        try await self.run(sql.statement(self.dialect, .unknown))
    }

    /// The rows of SQL by hand, as a type whose columns they have, in order.
    ///
    /// ```swift
    /// let rows = try await db.rows("SELECT * FROM packages WHERE size > \(limit)", as: Package.self)
    /// ```
    /// - Throws: `DatabaseError`.
    public func rows<M: Model>(_ sql: SQL, as model: M.Type) async throws -> [M] {
        var rows: [M] = []
        try await self.run(sql.statement(self.dialect, .unknown)) { row in rows.append(try M(from: &row)) }
        return rows
    }

    /// The rows of SQL by hand, as values of some types, in order.
    ///
    /// ```swift
    /// let sizes = try await db.rows("SELECT name, size FROM packages", as: String.self, Int.self)
    /// ```
    /// - Throws: `DatabaseError`.
    public func rows<each Value: ColumnValue>(
        _ sql: SQL,
        as types: repeat (each Value).Type
    ) async throws -> [(repeat each Value)] {
        var rows: [(repeat each Value)] = []
        try await self.run(sql.statement(self.dialect, .unknown)) { row in
            rows.append((repeat try row.read((each Value).self)))
        }
        return rows
    }

    /// The rows of SQL by hand, whatever their columns are: each by its name.
    ///
    /// - Throws: `DatabaseError`.
    public func rows(_ sql: SQL) async throws -> [[String: SQLValue]] {
        var rows: [[String: SQLValue]] = []
        try await self.run(sql.statement(self.dialect, .unknown)) { row in rows.append(try row.valuesByName()) }
        return rows
    }
}
