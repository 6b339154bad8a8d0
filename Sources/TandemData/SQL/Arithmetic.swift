// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension SQLExpression {
    /// The sum, or two texts one after the other.
    public static func + (left: SQLExpression, right: SQLExpression) -> SQLExpression { left.calculated("+", right) }

    /// The sum, or two texts one after the other.
    public static func + (left: SQLExpression, right: Value) -> SQLExpression {
        left.calculated("+", left.with(left.bound(right)))
    }

    /// The difference.
    public static func - (left: SQLExpression, right: SQLExpression) -> SQLExpression { left.calculated("-", right) }

    /// The difference.
    public static func - (left: SQLExpression, right: Value) -> SQLExpression {
        left.calculated("-", left.with(left.bound(right)))
    }

    /// The product.
    public static func * (left: SQLExpression, right: SQLExpression) -> SQLExpression { left.calculated("*", right) }

    /// The product.
    public static func * (left: SQLExpression, right: Value) -> SQLExpression {
        left.calculated("*", left.with(left.bound(right)))
    }

    /// The quotient, of integers without its fraction; missing where the other is 0, so that `?? 0` may be due.
    public static func / (left: SQLExpression, right: SQLExpression) -> SQLExpression { left.divided("/", by: right) }

    /// The quotient, of integers without its fraction; missing where the value is 0.
    public static func / (left: SQLExpression, right: Value) -> SQLExpression {
        left.divided("/", by: left.with(left.bound(right)))
    }

    private func calculated(_ name: String, _ other: SQLExpression) -> SQLExpression {
        let isNullable = self.isNullable || other.isNullable
        switch self.coding.type {
        case .text where name == "+":
            return self.with(.infix(self.sql, " || ", other.sql), isNullable: isNullable)
        case .decimal:
            return self.with(.decimal(self.sql, name, other.sql), isNullable: isNullable)
        default:
            return self.with(.infix(self.sql, " \(name) ", other.sql), isNullable: isNullable)
        }
    }

    private func divided(_ name: String, by other: SQLExpression) -> SQLExpression {
        let divisor = SQL(text: "NULLIF(") + other.sql + SQL(text: ", 0)")
        let quotient = self.calculated(name, other.with(self.coding.type == .decimal ? .divisor(other.sql) : divisor))
        return quotient.with(quotient.sql, isNullable: true)
    }
}

extension SQLExpression where Value: BinaryInteger {
    /// What is left over by a division; missing where the value is 0.
    public static func % (left: SQLExpression, right: Value) -> SQLExpression {
        left.divided("%", by: left.with(left.bound(right)))
    }
}

extension SQL {
    /// SQLite has decimals as texts, and counts with them as binary fractions.
    fileprivate static func decimal(_ left: SQL, _ name: String, _ right: SQL) -> SQL {
        .dialect { dialect in
            guard dialect == .sqlite else { return .infix(left, " \(name) ", right) }
            return .cast(.infix(.cast(left, as: "REAL"), " \(name) ", .cast(right, as: "REAL")), as: "TEXT")
        }
    }

    fileprivate static func divisor(_ sql: SQL) -> SQL {
        .dialect { .call("NULLIF", $0 == .sqlite ? .cast(sql, as: "REAL") : sql, "0") }
    }
}
