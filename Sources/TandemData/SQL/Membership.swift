// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension SQLExpression {
    /// Whether it is one of the values, of which there may be thousands: they are bound as one.
    public func isIn(_ values: [Value]) -> SQLExpression<Bool> {
        let all = values.map(self.coding.encode)
        let present = all.filter { if case .null = $0 { false } else { true } }
        let condition = SQL(text: "(") + self.comparand + .membership(of: present, self.coding.type) + SQL(text: ")")
        guard present.count < all.count else { return .condition(condition, isNullable: self.isNullable) }
        return .condition(SQL(text: "(") + condition + SQL(text: " OR ") + self.sql + SQL(text: " IS NULL)"))
    }

    /// Whether it is one of the values, which are any of several.
    public func isIn<Values: Sequence<Value>>(_ values: Values) -> SQLExpression<Bool> { self.isIn(Array(values)) }

    /// Whether it lies within the bounds.
    public func isIn(_ range: ClosedRange<Value>) -> SQLExpression<Bool> where Value: Comparable {
        self.isBetween(self.bound(range.lowerBound), self.bound(range.upperBound))
    }

    /// Whether it lies within the bounds; not where it is missing.
    public func isIn<Wrapped>(_ range: ClosedRange<Wrapped>) -> SQLExpression<Bool> where Value == Wrapped? {
        self.isBetween(self.bound(range.lowerBound), self.bound(range.upperBound))
    }

    /// Whether it lies within the bounds, of which the upper one is outside.
    public func isIn(_ range: Range<Value>) -> SQLExpression<Bool> where Value: Comparable {
        self >= range.lowerBound && self < range.upperBound
    }

    /// Whether it lies within the bounds, of which the upper one is outside; not where it is missing.
    public func isIn<Wrapped>(_ range: Range<Wrapped>) -> SQLExpression<Bool> where Value == Wrapped? {
        self >= range.lowerBound && self < range.upperBound
    }

    private func isBetween(_ lower: SQL, _ upper: SQL) -> SQLExpression<Bool> {
        .condition(
            SQL(text: "(") + self.comparand + " BETWEEN " + lower + " AND " + upper + SQL(text: ")"),
            isNullable: self.isNullable
        )
    }
}

extension ClosedRange where Bound: Sendable {
    /// Whether an expression lies within the bounds.
    public func contains(_ expression: SQLExpression<Bound>) -> SQLExpression<Bool> { expression.isIn(self) }
}

extension Range where Bound: Sendable {
    /// Whether an expression lies within the bounds, of which the upper one is outside.
    public func contains(_ expression: SQLExpression<Bound>) -> SQLExpression<Bool> { expression.isIn(self) }
}

extension SQL {
    /// What follows an expression that is to be one of the values.
    ///
    /// However many there are, they are one bound value, so that the statement's text is the same and can be kept.
    static func membership(of values: [SQLValue], _ type: ColumnType) -> SQL {
        .dialect { dialect in
            switch dialect {
            case .sqlite:
                guard let list = JSONList(values) else { return SQL(text: " IN (") + .list(values) + SQL(text: ")") }
                return SQL([.text(" IN (SELECT value FROM json_each("), .value(.text(list.text)), .text("))")])
            case .postgreSQL:
                guard let list = ArrayText(values) else { return SQL(text: " IN (") + .list(values) + SQL(text: ")") }
                return SQL([
                    .text(" = ANY(CAST("), .value(.text(list.text)), .text(" AS \(type.postgreSQLName)[]))"),
                ])
            }
        }
    }
}
