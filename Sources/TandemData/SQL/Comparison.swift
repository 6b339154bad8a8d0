// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension SQLExpression {
    /// Whether both are the same; two that are missing are.
    public static func == (left: SQLExpression, right: SQLExpression) -> SQLExpression<Bool> {
        guard left.isNullable, right.isNullable else { return .comparison(left, " = ", right.sql) }
        return .comparison(left, .same, right.sql)
    }

    /// Whether it is the value; of `nil`, whether it is missing.
    public static func == (left: SQLExpression, right: Value) -> SQLExpression<Bool> {
        let value = left.coding.encode(right)
        if case .null = value { return .condition(SQL(text: "(") + left.sql + SQL(text: " IS NULL)")) }
        return .comparison(left, " = ", .value(value))
    }

    /// Whether both are the same, where this one may be missing.
    public static func == <Wrapped>(
        left: SQLExpression,
        right: SQLExpression<Wrapped>
    ) -> SQLExpression<Bool> where Value == Wrapped? {
        .comparison(left, " = ", right.sql)
    }

    /// Whether they differ; one that is missing differs from every value.
    public static func != (left: SQLExpression, right: SQLExpression) -> SQLExpression<Bool> {
        guard left.isNullable || right.isNullable else { return .comparison(left, " <> ", right.sql) }
        return .comparison(left, .different, right.sql)
    }

    /// Whether it is another than the value; one that is missing is.
    public static func != (left: SQLExpression, right: Value) -> SQLExpression<Bool> {
        let value = left.coding.encode(right)
        if case .null = value { return .condition(SQL(text: "(") + left.sql + SQL(text: " IS NOT NULL)")) }
        guard left.isNullable else { return .comparison(left, " <> ", .value(value)) }
        return .comparison(left, .different, .value(value))
    }

    /// Whether it comes before the other; not where one is missing.
    public static func < (left: SQLExpression, right: SQLExpression) -> SQLExpression<Bool> {
        .comparison(left, " < ", right.sql)
    }

    /// Whether it comes before the value; not where it is missing.
    public static func < (left: SQLExpression, right: Value) -> SQLExpression<Bool> {
        .comparison(left, " < ", left.bound(right))
    }

    /// Whether it comes before the other or is the same; not where one is missing.
    public static func <= (left: SQLExpression, right: SQLExpression) -> SQLExpression<Bool> {
        .comparison(left, " <= ", right.sql)
    }

    /// Whether it comes before the value or is the same; not where it is missing.
    public static func <= (left: SQLExpression, right: Value) -> SQLExpression<Bool> {
        .comparison(left, " <= ", left.bound(right))
    }

    /// Whether it comes after the other; not where one is missing.
    public static func > (left: SQLExpression, right: SQLExpression) -> SQLExpression<Bool> {
        .comparison(left, " > ", right.sql)
    }

    /// Whether it comes after the value; not where it is missing.
    public static func > (left: SQLExpression, right: Value) -> SQLExpression<Bool> {
        .comparison(left, " > ", left.bound(right))
    }

    /// Whether it comes after the other or is the same; not where one is missing.
    public static func >= (left: SQLExpression, right: SQLExpression) -> SQLExpression<Bool> {
        .comparison(left, " >= ", right.sql)
    }

    /// Whether it comes after the value or is the same; not where it is missing.
    public static func >= (left: SQLExpression, right: Value) -> SQLExpression<Bool> {
        .comparison(left, " >= ", left.bound(right))
    }

    /// What is compared: on SQLite decimals are texts, which only a column compares by their value by itself.
    var comparand: SQL {
        guard self.coding.type == .decimal, !self.sql.isColumn else { return self.sql }
        return .dialect { [sql] in $0 == .sqlite ? sql + SQL(text: " COLLATE DECIMAL") : sql }
    }
}

extension SQLExpression<Bool> {
    /// A condition, which may come out as NULL where something is missing.
    static func condition(_ sql: SQL, isNullable: Bool = false) -> SQLExpression<Bool> {
        SQLExpression(sql, .condition, isNullable: isNullable)
    }

    static func comparison<Other>(_ left: SQLExpression<Other>, _ name: String, _ right: SQL) -> SQLExpression<Bool> {
        SQLExpression(.infix(left.comparand, name, right), .condition, isNullable: true)
    }

    static func comparison<Other>(_ left: SQLExpression<Other>, _ name: SQL, _ right: SQL) -> SQLExpression<Bool> {
        SQLExpression(SQL(text: "(") + left.comparand + name + right + SQL(text: ")"), .condition, isNullable: false)
    }
}

extension ValueCoding<Bool> {
    /// What every condition is.
    static let condition = ValueCoding.own
}

extension SQL {
    /// Equal, or NULL both.
    static let same = SQL.dialect { $0 == .sqlite ? " IS " : " IS NOT DISTINCT FROM " }
    /// Not equal, nor NULL both.
    static let different = SQL.dialect { $0 == .sqlite ? " IS NOT " : " IS DISTINCT FROM " }
}
