// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// How many rows there are in the group, or how many of them a condition is true of.
public func count(where condition: SQLExpression<Bool>? = nil) -> SQLExpression<Int> {
    SQLExpression<Int>(.aggregate("COUNT(*)", condition), .own)
}

extension SQLExpression {
    /// How many rows of the group have a value here.
    public func count(where condition: SQLExpression<Bool>? = nil) -> SQLExpression<Int> {
        SQLExpression<Int>(.aggregate(.call("COUNT", self.sql), condition), .own)
    }

    /// How many different values there are in the group.
    public func countDistinct(where condition: SQLExpression<Bool>? = nil) -> SQLExpression<Int> {
        SQLExpression<Int>(.aggregate("COUNT(DISTINCT " + self.comparand + ")", condition), .own)
    }

    /// The least value of the group; missing where there is none.
    @_disfavoredOverload
    public func minimum(where condition: SQLExpression<Bool>? = nil) -> SQLExpression<Value?> {
        self.optional.with(.aggregate(.call("MIN", self.comparand), condition), isNullable: true)
    }

    /// The least value of the group; missing where there is none.
    public func minimum<Wrapped>(
        where condition: SQLExpression<Bool>? = nil
    ) -> SQLExpression where Value == Wrapped? {
        self.with(.aggregate(.call("MIN", self.comparand), condition), isNullable: true)
    }

    /// The greatest value of the group; missing where there is none.
    @_disfavoredOverload
    public func maximum(where condition: SQLExpression<Bool>? = nil) -> SQLExpression<Value?> {
        self.optional.with(.aggregate(.call("MAX", self.comparand), condition), isNullable: true)
    }

    /// The greatest value of the group; missing where there is none.
    public func maximum<Wrapped>(
        where condition: SQLExpression<Bool>? = nil
    ) -> SQLExpression where Value == Wrapped? {
        self.with(.aggregate(.call("MAX", self.comparand), condition), isNullable: true)
    }
}

extension SQL {
    /// An aggregate of those rows alone that a condition is true of.
    static func aggregate(_ call: SQL, _ condition: SQLExpression<Bool>?) -> SQL {
        guard let condition else { return call }
        return call + " FILTER (WHERE " + condition.sql + ")"
    }
}
