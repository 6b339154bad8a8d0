// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Database {
    /// Inserts a row.
    ///
    /// - Parameter values: A draft, or a whole model with a key of its own.
    /// - Returns: The row as it is in the table, with its key and what the database computes.
    /// - Throws: `DatabaseError` where a rule of the table is broken; what `willInsert` throws.
    @discardableResult
    public func insert<Values: Insertable>(_ values: Values) async throws -> Values.Target {
        let values = try values.prepared()
        let rows = try await self.insert(
            InsertStatement<Values.Target>(columns: values.filledColumns, rows: [values.values])
        )
        guard let row = rows.first else {
            throw DatabaseError(.other, "The database did not return the row that was inserted.")
        }
        return row
    }

    /// Inserts rows, all or none of them.
    ///
    /// - Returns: The rows as they are in the table, in the order of the list.
    /// - Throws: `DatabaseError` where a rule of the table is broken; what `willInsert` throws.
    @discardableResult
    public func insert<Values: Insertable>(_ list: [Values]) async throws -> [Values.Target] {
        let batches = try Self.batches(list)
        guard batches.count > 1 else {
            guard let batch = batches.first else { return [] }
            return try await self.insert(batch)
        }
        return try await self.transaction { db in
            var rows: [Values.Target] = []
            rows.reserveCapacity(list.count)
            for batch in batches { rows += try await db.insert(batch) }
            return rows
        }
    }

    /// Inserts a row, unless one is there already that is like it in unique columns.
    ///
    /// ```swift
    /// let package = try await db.insert(draft, onConflict: .update(on: \.name))
    /// ```
    /// - Parameters:
    ///   - values: A draft, or a whole model with a key of its own.
    ///   - conflict: What becomes of the row that is there.
    /// - Returns: The row that is in the table then; `nil` where the other was left as it is.
    /// - Throws: `DatabaseError` where another rule of the table is broken; what `willInsert` throws.
    @discardableResult
    public func insert<Values: Insertable>(
        _ values: Values,
        onConflict conflict: Conflict<Values.Target>
    ) async throws -> Values.Target? {
        try await self.insert([values], onConflict: conflict).first
    }

    /// Inserts rows, unless some are there already that are like them in unique columns; all or none.
    ///
    /// No two of the list may be alike themselves where those that are there are updated.
    ///
    /// - Parameters:
    ///   - list: Drafts, or whole models with keys of their own.
    ///   - conflict: What becomes of rows that are there.
    /// - Returns: The rows of the list that are in the table then, in order, without those that were left as they are.
    /// - Throws: `DatabaseError` where another rule of the table is broken; what `willInsert` throws.
    @discardableResult
    public func insert<Values: Insertable>(
        _ list: [Values],
        onConflict conflict: Conflict<Values.Target>
    ) async throws -> [Values.Target] {
        let batches = try Self.batches(list)
        let insert: (Database) async throws -> [Values.Target] = { db in
            var rows: [Values.Target] = []
            for var batch in batches {
                batch.conflict = conflict
                rows += try await db.insert(batch)
            }
            return rows
        }
        return batches.count > 1 ? try await self.transaction(TransactionOptions(), insert) : try await insert(self)
    }

    private func insert<M: Model>(_ insert: InsertStatement<M>) async throws -> [M] {
        var rows: [M] = []
        rows.reserveCapacity(insert.rows.count)
        try await self.run(insert.statement(self.dialect)) { row in rows.append(try M(from: &row)) }
        try await self.countOn(in: M.table, filling: insert.columns)
        // Which of them were there before, an upsert does not say.
        self.note(insert.conflict?.isUpdating == true ? .updated : .inserted, rows)
        return rows
    }

    /// The most values of a statement, below what each database takes, and the most rows.
    private static let batchLimits = (values: 30_000, rows: 500)

    /// The rows in order, put together as far as they fill the same columns.
    private static func batches<Values: Insertable>(
        _ list: [Values]
    ) throws -> [InsertStatement<Values.Target>] {
        var batches: [InsertStatement<Values.Target>] = []
        var columns: [String] = []
        var rows: [[SQLValue]] = []
        for values in list {
            let values = try values.prepared()
            let filled = values.filledColumns
            let isFull = rows.count >= batchLimits.rows || (rows.count + 1) * filled.count > batchLimits.values
            if !rows.isEmpty, isFull || filled != columns || filled.isEmpty {
                batches.append(InsertStatement(columns: columns, rows: rows))
                rows.removeAll(keepingCapacity: true)
            }
            columns = filled
            rows.append(values.values)
        }
        if !rows.isEmpty { batches.append(InsertStatement(columns: columns, rows: rows)) }
        return batches
    }
}
