// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension SQLExpression<Bool> {
    /// One expression where the condition is true, another where it is not.
    public func then<Value>(
        _ value: SQLExpression<Value>,
        else other: SQLExpression<Value>
    ) -> SQLExpression<Value> {
        value.with(
            SQL(text: "CASE WHEN ") + self.sql + " THEN " + value.sql + " ELSE " + other.sql + " END",
            isNullable: value.isNullable || other.isNullable
        )
    }

    /// One value where the condition is true, another where it is not.
    public func then<Value: ColumnValue>(_ value: Value, else other: Value) -> SQLExpression<Value> {
        self.then(SQLExpression<Value>(value), else: SQLExpression<Value>(other))
    }
}
