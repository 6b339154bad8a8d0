// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension SQLExpression<Bool> {
    /// Whether both are true.
    public static func && (left: SQLExpression, right: SQLExpression) -> SQLExpression {
        .condition(.infix(left.sql, " AND ", right.sql), isNullable: left.isNullable || right.isNullable)
    }

    /// Whether one is true at least.
    public static func || (left: SQLExpression, right: SQLExpression) -> SQLExpression {
        .condition(.infix(left.sql, " OR ", right.sql), isNullable: left.isNullable || right.isNullable)
    }

    /// Whether it is not true: that something is missing in it is no reason for it to be.
    public static prefix func ! (condition: SQLExpression) -> SQLExpression {
        guard condition.isNullable else { return .condition(SQL(text: "(NOT ") + condition.sql + SQL(text: ")")) }
        return .condition(SQL(text: "(") + condition.sql + SQL(text: " IS NOT TRUE)"))
    }
}
