// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A delete of all rows that conditions are true of.
///
/// ```swift
/// try await db.delete(Session.self).where { $0.expiresAt < .now }.run()
/// ```
/// One without a condition throws, so that none is forgotten; `everything()` says that all rows are meant.
public struct Delete<M: Model>: Sendable {
    let database: Database
    private var rows = ChangedRows<M>()

    init(_ database: Database) {
        self.database = database
    }

    private func changed(_ change: (inout Delete) -> Void) -> Delete {
        var copy = self
        change(&copy)
        return copy
    }

    /// Only rows that all lines are true of.
    public func `where`(@ConditionBuilder _ conditions: (M.Columns) -> Conditions) -> Delete {
        let list = conditions(self.rows.columns).list
        return self.changed { $0.rows.conditions += list }
    }

    /// All rows, where there is no condition.
    public func everything() -> Delete { self.changed { $0.rows.isEverything = true } }

    /// Only rows with one of the keys.
    func having(keys: [[SQLValue]]) -> Delete {
        let condition = ModelText.of(M.self).condition(keys, self.rows.table)
        return self.changed { $0.rows.conditions.append(condition) }
    }

    /// Deletes the rows.
    ///
    /// - Returns: How many there were.
    /// - Throws: `DatabaseError`; with `foreignKeyViolation` where others refer to one of them.
    @discardableResult
    public func run() async throws -> Int {
        // Which rows they are has to be asked for, so that it is only where somebody wants to know.
        if self.database.observes(M.tableName) { return try await self.returning().count }
        return try await self.database.run(self.rows.statement("DELETE FROM", self.database.dialect, ""))
    }

    /// Deletes the rows.
    ///
    /// - Returns: The rows as they were, in no order.
    /// - Throws: `DatabaseError`; with `foreignKeyViolation` where others refer to one of them.
    public func returning() async throws -> [M] {
        var rows: [M] = []
        let ending = " RETURNING \(ModelText.of(M.self).list)"
        try await self.database.run(self.rows.statement("DELETE FROM", self.database.dialect, ending)) { row in
            rows.append(try M(from: &row))
        }
        self.database.note(.deleted, rows)
        return rows
    }
}

extension Database {
    /// A delete of all rows that conditions are true of.
    public func delete<M: Model>(_ model: M.Type) -> Delete<M> { Delete(self) }

    /// Deletes the row of a key.
    ///
    /// - Returns: Whether there was one.
    /// - Throws: `DatabaseError`; with `foreignKeyViolation` where others refer to it.
    @discardableResult
    public func delete<M: Model>(_ model: M.Type, _ id: M.ID) async throws -> Bool {
        try await Delete<M>(self).having(keys: [M.keyValues(of: id)]).run() > 0
    }

    /// Deletes a row, by its key.
    ///
    /// - Returns: Whether it was still there.
    /// - Throws: `DatabaseError`; with `foreignKeyViolation` where others refer to it.
    @discardableResult
    public func delete<M: Model>(_ row: M) async throws -> Bool { try await self.delete(M.self, row.id) }
}
