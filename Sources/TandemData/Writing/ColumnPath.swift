// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The name of a column by its path, `\Ticket.Columns.status`.
///
/// - Throws: Where the path leads to something else, such as a formula.
func columnName<M: Model>(_ path: PartialKeyPath<M.Columns>, of model: M.Type) throws(DatabaseError) -> String {
    guard let column = M.Columns(TableReference(M.tableName))[keyPath: path] as? any NamedExpression,
        let name = column.columnName
    else {
        throw DatabaseError(.invalidStatement, "What is set in \"\(M.tableName)\" has to be one of its own columns.")
    }
    return name
}

/// What only expressions conform to, whatever they compute.
protocol NamedExpression {
    /// The name of the column that it is; `nil` for all else, and for columns of other tables.
    var columnName: String? { get }
}

extension SQLExpression: NamedExpression {
    var columnName: String? {
        guard self.sql.parts.count == 1, case .column(let table, let name) = self.sql.parts[0], table.path.isEmpty
        else { return nil }
        return name
    }
}
