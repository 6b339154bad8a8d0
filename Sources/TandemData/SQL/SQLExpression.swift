// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Something that a statement computes for each row, or for each group of rows: a column, a value, a formula.
///
/// A value that may be missing is NULL there. Conditions mean what they mean in Swift: `== nil` finds NULL, `!=` and `!`
/// count what is not there as different, and `<` is true of two values only.
public struct SQLExpression<Value: Sendable>: Sendable {
    package let sql: SQL
    let coding: ValueCoding<Value>
    /// Whether it can be NULL, be it that the type says so or not.
    let isNullable: Bool

    init(_ sql: SQL, _ coding: ValueCoding<Value>, isNullable: Bool? = nil) {
        self.sql = sql
        self.coding = coding
        self.isNullable = isNullable ?? coding.isOptional
    }

    /// The same of other SQL.
    func with(_ sql: SQL, isNullable: Bool? = nil) -> SQLExpression {
        SQLExpression(sql, self.coding, isNullable: isNullable ?? self.isNullable)
    }

    /// A value of the same type, bound.
    func bound(_ value: Value) -> SQL { .value(self.coding.encode(value)) }
}

extension SQLExpression where Value: ColumnValue {
    /// SQL by hand, and the type of what it computes.
    public init(_ sql: SQL, as type: Value.Type = Value.self) {
        self.init(SQL(text: "(") + sql + SQL(text: ")"), .own, isNullable: true)
    }

    /// A value, bound.
    public init(_ value: Value) {
        let coding = ValueCoding<Value>.own
        self.init(.typed(coding.encode(value), as: coding.type), coding)
    }
}

extension SQLExpression {
    /// The same as one that may be missing.
    public var optional: SQLExpression<Value?> {
        SQLExpression<Value?>(self.sql, self.coding.optional, isNullable: self.isNullable)
    }
}

extension SQL {
    /// A value where nothing around it tells its type.
    static func typed(_ value: SQLValue, as type: ColumnType) -> SQL {
        .dialect { $0 == .sqlite ? .value(value) : .cast(.value(value), as: type.postgreSQLName) }
    }
}

extension ColumnType {
    /// What PostgreSQL calls it.
    var postgreSQLName: String {
        switch self {
        case .boolean: "boolean"
        case .integer: "bigint"
        case .double: "double precision"
        case .text: "text"
        case .bytes: "bytea"
        case .timestamp: "timestamptz"
        case .uuid: "uuid"
        case .decimal: "numeric"
        case .json: "jsonb"
        }
    }
}
