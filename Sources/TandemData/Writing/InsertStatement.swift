// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// `INSERT` of rows that fill the same columns.
struct InsertStatement<M: Model> {
    let columns: [String]
    let rows: [[SQLValue]]
    var conflict: Conflict<M>?

    /// The statement, which returns the rows as they are in the table then.
    func statement(_ dialect: Dialect) throws(DatabaseError) -> Statement {
        let model = ModelText.of(M.self)
        var writer = StatementWriter(dialect)
        writer.text += "INSERT INTO \(model.table.quotedName)"
        if self.columns.isEmpty {
            // What has no value at all is one row, since no database takes several of them.
            writer.text += " DEFAULT VALUES"
        } else {
            writer.text += " (\(self.columns.map(\.quotedName).joined(separator: ", "))) VALUES "
            for (index, row) in self.rows.enumerated() {
                if index > 0 { writer.text += ", " }
                writer.write(SQL(text: "(") + .list(row) + SQL(text: ")"))
            }
        }
        if let conflict { try conflict.write(to: &writer, filled: self.columns) }
        writer.text += " RETURNING \(model.list)"
        return try writer.statement(.write)
    }
}
