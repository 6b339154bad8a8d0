// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension SelectStatement {
    /// Whether it has a row.
    var existence: SQL {
        var inner = self
        inner.lock = nil
        if self.groups.isEmpty, !self.isDistinct { inner.columns = ["1"] }
        inner.order = []
        inner.ranking = []
        return SQL(text: "EXISTS ") + .query(inner)
    }
}

/// Whether a query has any row, as a condition within another one.
public func exists<Root, Row>(_ query: Select<Root, Row>) -> SQLExpression<Bool> {
    .condition(query.statement.existence)
}

extension SQLExpression {
    /// Whether it is among the values that a query for one column has.
    public func isIn<Root>(_ query: Select<Root, Value>) -> SQLExpression<Bool> {
        self.isIn(query.statement)
    }

    /// Whether it is among the values that a query for one column has.
    public func isIn<Root, Wrapped>(_ query: Select<Root, Wrapped>) -> SQLExpression<Bool> where Value == Wrapped? {
        self.isIn(query.statement)
    }

    /// Whether it is among the values that a query for one column has; of those that are missing nothing is said.
    public func isIn<Root>(_ query: Select<Root, Value?>) -> SQLExpression<Bool> { self.isIn(query.statement) }

    private func isIn(_ statement: SelectStatement) -> SQLExpression<Bool> {
        .condition(SQL(text: "(") + self.comparand + " IN " + .query(statement) + SQL(text: ")"), isNullable: true)
    }
}

extension Select {
    /// The value of the first row of a query for one column, as part of another query; missing where there is no row.
    public func value() -> SQLExpression<Row?> {
        let query = SQL.query(self.limit(1).statement)
        guard let coding = self.output.coding else {
            let message = "A query within another can be a value only if it is for one column."
            return SQLExpression<Row?>(.value(.invalid(message)), .unreadable(message))
        }
        return SQLExpression<Row?>(query, coding.optional)
    }
}

extension ValueCoding {
    /// What can neither be written nor read.
    static func unreadable<Wrapped>(_ message: String) -> ValueCoding where Value == Wrapped? {
        ValueCoding(
            .text,
            isOptional: true,
            encode: { _ in .invalid(message) },
            decode: { _ throws(DatabaseError) in throw .unreadable(message) }
        )
    }
}
