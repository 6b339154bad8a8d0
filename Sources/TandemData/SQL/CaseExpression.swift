// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension SQLExpression<Bool> {
    /// One expression where the condition is true, another where it is not.
    public func then<Other>(
        _ value: SQLExpression<Other>,
        else other: SQLExpression<Other>
    ) -> SQLExpression<Other> {
        value.with(
            SQL(text: "CASE WHEN ") + self.sql + " THEN " + value.sql + " ELSE " + other.sql + " END",
            isNullable: value.isNullable || other.isNullable
        )
    }

    /// One value where the condition is true, another where it is not.
    public func then<Other: ColumnValue>(_ value: Other, else other: Other) -> SQLExpression<Other> {
        self.then(SQLExpression<Other>(value), else: SQLExpression<Other>(other))
    }
}
