// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// An update of all rows that conditions are true of.
///
/// ```swift
/// let closed = try await db.update(Ticket.self)
///     .set(\.status, to: .closed)
///     .set(\.reopened) { $0.reopened + 1 }
///     .where { $0.customerID == customer }
///     .run()
/// ```
/// One without a condition throws, so that none is forgotten; `everything()` says that all rows are meant.
public struct Update<M: Model>: Sendable {
    let database: Database
    private var assignments = Assignments<M>()
    private var rows: ChangedRows<M>

    init(_ database: Database) {
        self.database = database
        self.rows = ChangedRows()
    }

    private func changed(_ change: (inout Update) -> Void) -> Update {
        var copy = self
        change(&copy)
        return copy
    }

    /// Sets a column to a value.
    public func set<Value>(_ column: KeyPath<M.Columns, SQLExpression<Value>>, to value: Value) -> Update {
        let bound = self.rows.columns[keyPath: column].bound(value)
        return self.changed { $0.assignments.set(column, bound) }
    }

    /// Sets a column to what is computed of the row as it is.
    public func set<Value>(
        _ column: KeyPath<M.Columns, SQLExpression<Value>>,
        to formula: (M.Columns) -> SQLExpression<Value>
    ) -> Update {
        let sql = formula(self.rows.columns).sql
        return self.changed { $0.assignments.set(column, sql) }
    }

    /// Only rows that all lines are true of.
    public func `where`(@ConditionBuilder _ conditions: (M.Columns) -> Conditions) -> Update {
        let list = conditions(self.rows.columns).list
        return self.changed { $0.rows.conditions += list }
    }

    /// All rows, where there is no condition.
    public func everything() -> Update { self.changed { $0.rows.isEverything = true } }

    /// Updates the rows.
    ///
    /// - Returns: How many there were.
    /// - Throws: `DatabaseError`.
    @discardableResult
    public func run() async throws -> Int {
        // Which rows they are has to be asked for, so that it is only where somebody wants to know.
        if self.database.observes(M.tableName) { return try await self.returning().count }
        return try await self.database.run(self.statement(""))
    }

    /// Updates the rows.
    ///
    /// - Returns: The rows as they are then, in no order.
    /// - Throws: `DatabaseError`.
    public func returning() async throws -> [M] {
        var rows: [M] = []
        try await self.database.run(self.statement(" RETURNING \(ModelText.of(M.self).list)")) { row in
            rows.append(try M(from: &row))
        }
        self.database.note(.updated, rows)
        return rows
    }

    private func statement(_ ending: String) throws(DatabaseError) -> Statement {
        let settings = try self.assignments.list()
        guard !settings.isEmpty else {
            throw DatabaseError(.invalidStatement, "An update of \"\(M.tableName)\" sets nothing; say what by `set`.")
        }
        let maintained = M.maintained(self.rows.table, besides: settings.map(\.column))
        return try self.rows.statement("UPDATE", self.database.dialect, ending) { writer in
            writer.text += " SET "
            writer.write(settings: settings + maintained)
        }
    }
}

extension Database {
    /// An update of all rows that conditions are true of.
    public func update<M: Model>(_ model: M.Type) -> Update<M> { Update(self) }

    /// Updates a row to what a model holds, by its key.
    ///
    /// A `@Version` must be what it was when the row was read, and becomes one more; a `@Touched` becomes now.
    ///
    /// - Returns: The row as it is then.
    /// - Throws: `DatabaseError`; with `notFound` where there is no such row, `stale` where another has changed it since
    ///   it was read; what `willUpdate` throws.
    @discardableResult
    public func update<M: Model>(_ model: M) async throws -> M {
        var model = model
        try model.willUpdate()
        var updated: M?
        let statement = try model.updateStatement(self.dialect)
        try await self.run(statement) { row in updated = try M(from: &row) }
        guard let updated else {
            if M.versionColumn != nil, try await self.first(M.self, model.id) != nil {
                throw DatabaseError(
                    .stale,
                    "The row of \"\(M.tableName)\" was changed by another since it was read; read it again.",
                    table: M.tableName
                )
            }
            throw .notFound(M.self)
        }
        self.note(.updated, [updated])
        return updated
    }
}

extension Model {
    /// Updates the row of this key.
    fileprivate func updateStatement(_ dialect: Dialect) throws(DatabaseError) -> Statement {
        let rows = ChangedRows<Self>()
        let maintained = Self.maintained(rows.table)
        var settings: [(column: String, value: SQL)] = []
        var conditions = zip(Self.keyColumns, Self.keyValues(of: self.id)).map { name, value in
            SQL([.column(rows.table, name), .text(" = "), .value(value)])
        }
        for (name, value) in zip(self.filledColumns, self.values) where !Self.keyColumns.contains(name) {
            if name == Self.versionColumn {
                conditions.append(SQL([.column(rows.table, name), .text(" = "), .value(value)]))
            } else if !maintained.contains(where: { $0.column == name }) {
                settings.append((name, .value(value)))
            }
        }
        settings += maintained
        // A row that is all key is still told whether it is there.
        if settings.isEmpty, let key = Self.keyColumns.first {
            settings = [(key, SQL([.column(rows.table, key)]))]
        }
        var changed = rows
        changed.conditions = conditions
        let ending = " RETURNING \(ModelText.of(Self.self).list)"
        return try changed.statement("UPDATE", dialect, ending) { writer in
            writer.text += " SET "
            writer.write(settings: settings)
        }
    }
}
