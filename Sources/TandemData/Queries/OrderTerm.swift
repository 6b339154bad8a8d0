// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What rows are put in order by: an expression, and in which direction.
///
/// Without a word about them, rows where it is missing come last in ascending order and first in descending order, on
/// both databases. Texts are ordered by their bytes on SQLite, by the collation of the database on PostgreSQL.
public struct OrderTerm: Sendable {
    let expression: SQL
    let type: ColumnType
    let isNullable: Bool
    let isDescending: Bool
    let nulls: Nulls

    /// Where rows come that have no value.
    public enum Nulls: Hashable, Sendable {
        case first
        case last
    }

    /// The order of a model's key.
    static func byKey<M: Model>(of model: M.Type, at table: TableReference) -> [OrderTerm] {
        let text = ModelText.of(model)
        return zip(text.key, text.keyTypes).map { name, type in
            OrderTerm(
                expression: SQL([.column(table, name)]),
                type: type,
                isNullable: false,
                isDescending: false,
                nulls: .last
            )
        }
    }

    /// The same in the other direction.
    var reversed: OrderTerm {
        OrderTerm(
            expression: self.expression,
            type: self.type,
            isNullable: self.isNullable,
            isDescending: !self.isDescending,
            nulls: self.nulls == .first ? .last : .first
        )
    }

    var sql: SQL {
        let direction = self.isDescending ? " DESC" : ""
        guard self.isNullable else { return self.expression + SQL(text: direction) }
        return self.expression + SQL(text: direction + (self.nulls == .first ? " NULLS FIRST" : " NULLS LAST"))
    }
}

extension SQLExpression {
    /// From the least to the greatest.
    public func ascending(nulls: OrderTerm.Nulls = .last) -> OrderTerm {
        OrderTerm(
            expression: self.comparand,
            type: self.coding.type,
            isNullable: self.isNullable,
            isDescending: false,
            nulls: nulls
        )
    }

    /// From the greatest to the least.
    public func descending(nulls: OrderTerm.Nulls = .first) -> OrderTerm {
        OrderTerm(
            expression: self.comparand,
            type: self.coding.type,
            isNullable: self.isNullable,
            isDescending: true,
            nulls: nulls
        )
    }
}

/// Reads the lines of an `order { … }`: the first counts most.
@resultBuilder
public enum OrderBuilder {
    /// An expression in ascending order.
    public static func buildExpression<Value>(_ expression: SQLExpression<Value>) -> [OrderTerm] {
        [expression.ascending()]
    }

    /// An expression in the order it says.
    public static func buildExpression(_ term: OrderTerm) -> [OrderTerm] { [term] }

    /// None.
    public static func buildBlock() -> [OrderTerm] { [] }

    /// The first line.
    public static func buildPartialBlock(first: [OrderTerm]) -> [OrderTerm] { first }

    /// One line more.
    public static func buildPartialBlock(accumulated: [OrderTerm], next: [OrderTerm]) -> [OrderTerm] {
        accumulated + next
    }

    /// What an `if` says, where it does.
    public static func buildOptional(_ terms: [OrderTerm]?) -> [OrderTerm] { terms ?? [] }

    /// One way of an `if` or a `switch`.
    public static func buildEither(first: [OrderTerm]) -> [OrderTerm] { first }

    /// The other way.
    public static func buildEither(second: [OrderTerm]) -> [OrderTerm] { second }

    /// All that a loop says.
    public static func buildArray(_ terms: [[OrderTerm]]) -> [OrderTerm] { terms.flatMap(\.self) }
}

extension Select {
    /// Rows in an order; after an earlier one, where that leaves them alike.
    public func order(@OrderBuilder _ terms: (Root.Columns) -> [OrderTerm]) -> Select {
        let terms = terms(self.columns)
        return self.changed { $0.order += terms }
    }
}
