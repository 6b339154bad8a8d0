// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The rows that an update or a delete is about.
struct ChangedRows<M: Model>: Sendable {
    let table = TableReference(M.tableName)
    var conditions: [SQL] = []
    /// Whether all rows are meant where there is no condition.
    var isEverything = false

    var columns: M.Columns { M.Columns(self.table) }

    /// The statement: its verb, the table, what `body` writes, the conditions, and an ending.
    ///
    /// - Throws: Where there is no condition, and nobody said that all rows are meant.
    func statement(
        _ verb: String,
        _ dialect: Dialect,
        _ ending: String,
        _ body: (inout StatementWriter) -> Void = { _ in }
    ) throws(DatabaseError) -> Statement {
        guard self.isEverything || !self.conditions.isEmpty else {
            throw DatabaseError(
                .invalidStatement,
                "\(verb) of \"\(M.tableName)\" has no condition; say `where`, or `everything()` if all rows are meant."
            )
        }
        var writer = StatementWriter(dialect)
        var scope = StatementScope(canJoin: false)
        scope.add(self.table, as: M.tableName)
        writer.scopes.append(scope)
        writer.text += "\(verb) \(M.tableName.quotedName)"
        body(&writer)
        writer.writeConditions(self.conditions, after: " WHERE ")
        writer.text += ending
        return try writer.statement(.write)
    }
}
