// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// A type whose values a database can add up.
///
/// A type of your own that is kept as a number can conform.
public protocol NumberValue: Sendable {}

extension Int: NumberValue {}
extension Int64: NumberValue {}
extension Int32: NumberValue {}
extension Int16: NumberValue {}
extension UInt: NumberValue {}
extension UInt32: NumberValue {}
extension Double: NumberValue {}
extension Float: NumberValue {}
extension Decimal: NumberValue {}
extension Optional: NumberValue where Wrapped: NumberValue {}

extension SQLExpression where Value: NumberValue {
    /// The sum over the group; 0 of no rows.
    public func sum(where condition: SQLExpression<Bool>? = nil) -> SQLExpression {
        let (sql, type) = (self.sql, self.coding.type)
        return self.with(
            .dialect { dialect in
                let sum = SQL.aggregate(.call("SUM", dialect.number(sql, type)), condition)
                return .cast(.call("COALESCE", sum, "0"), as: dialect.result(type))
            },
            isNullable: false
        )
    }

    /// The mean over the group; missing where there is none.
    public func average(where condition: SQLExpression<Bool>? = nil) -> SQLExpression<Double?> {
        let (sql, type) = (self.sql, self.coding.type)
        return SQLExpression<Double?>(
            .dialect { dialect in
                .cast(.aggregate(.call("AVG", dialect.number(sql, type)), condition), as: dialect.result(.double))
            },
            .own
        )
    }
}

extension Dialect {
    /// A number that can be counted with: SQLite has decimals as texts.
    fileprivate func number(_ sql: SQL, _ type: ColumnType) -> SQL {
        self == .sqlite && type == .decimal ? .cast(sql, as: "REAL") : sql
    }

    /// The type of a calculation's result.
    fileprivate func result(_ type: ColumnType) -> String {
        guard self == .sqlite else { return type.postgreSQLName }
        return switch type {
        case .integer: "INTEGER"
        case .double: "REAL"
        default: "TEXT"
        }
    }
}
