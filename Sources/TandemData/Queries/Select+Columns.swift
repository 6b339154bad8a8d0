// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Select {
    /// Only what an expression computes, instead of whole rows.
    public func columns<Value>(_ column: (Root.Columns) -> SQLExpression<Value>) -> Select<Root, Value> {
        self.reading(column(self.columns))
    }

    /// Only what expressions compute, instead of whole rows: `.columns { ($0.name, $0.size) }`.
    public func columns<each Value: Sendable>(
        _ columns: (Root.Columns) -> (repeat SQLExpression<each Value>)
    ) -> Select<Root, (repeat each Value)> {
        self.reading(columns(self.columns))
    }

    func reading<Value>(_ column: SQLExpression<Value>) -> Select<Root, Value> {
        var statement = self.statement
        statement.columns = [column.sql]
        return Select<Root, Value>(self.database, statement, .decoded(column.coding, by: column.coding.decode))
    }

    func reading<each Value: Sendable>(
        _ columns: (repeat SQLExpression<each Value>)
    ) -> Select<Root, (repeat each Value)> {
        var statement = self.statement
        statement.columns = []
        for column in repeat each columns { statement.columns.append(column.sql) }
        let codings = (repeat (each columns).coding)
        return Select<Root, (repeat each Value)>(
            self.database,
            statement,
            .decoded { row throws(DatabaseError) in (repeat try (each codings).decode(&row)) }
        )
    }
}
