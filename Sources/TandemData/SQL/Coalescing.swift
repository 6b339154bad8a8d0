// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension SQLExpression {
    /// The value, or another one where it is missing.
    public static func ?? <Wrapped>(
        left: SQLExpression,
        right: Wrapped
    ) -> SQLExpression<Wrapped> where Value == Wrapped? {
        let coding = left.coding.present()
        return SQLExpression<Wrapped>(
            .call("COALESCE", left.sql, .typed(coding.encode(right), as: coding.type)),
            coding
        )
    }

    /// The value, or another expression's where it is missing.
    public static func ?? <Wrapped>(
        left: SQLExpression,
        right: SQLExpression<Wrapped>
    ) -> SQLExpression<Wrapped> where Value == Wrapped? {
        SQLExpression<Wrapped>(.call("COALESCE", left.sql, right.sql), right.coding, isNullable: right.isNullable)
    }
}

extension ValueCoding {
    /// The same for values that are there.
    func present<Wrapped>() -> ValueCoding<Wrapped> where Value == Wrapped? {
        ValueCoding<Wrapped>(
            self.type,
            encode: { [encode] in encode($0) },
            decode: { [decode] row throws(DatabaseError) in
                guard let value = try decode(&row) else { throw .unreadable("A value is NULL that cannot be missing.") }
                return value
            }
        )
    }
}
