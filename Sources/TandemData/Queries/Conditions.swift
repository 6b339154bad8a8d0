// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What must be true of rows, each line of a `where { … }`.
public struct Conditions: Sendable {
    var list: [SQL]
}

/// Reads the lines of a `where { … }`, all of which must be true; what an `if` leaves out is not asked.
@resultBuilder
public enum ConditionBuilder {
    /// A condition.
    public static func buildExpression(_ condition: SQLExpression<Bool>) -> Conditions {
        Conditions(list: [condition.sql])
    }

    /// A condition that is not true where something is missing.
    public static func buildExpression(_ condition: SQLExpression<Bool?>) -> Conditions {
        Conditions(list: [condition.sql])
    }

    /// Conditions that were put together elsewhere.
    public static func buildExpression(_ conditions: Conditions) -> Conditions { conditions }

    /// None yet.
    public static func buildBlock() -> Conditions { Conditions(list: []) }

    /// The first line.
    public static func buildPartialBlock(first: Conditions) -> Conditions { first }

    /// One line more.
    public static func buildPartialBlock(accumulated: Conditions, next: Conditions) -> Conditions {
        Conditions(list: accumulated.list + next.list)
    }

    /// What an `if` asks, where it does.
    public static func buildOptional(_ conditions: Conditions?) -> Conditions { conditions ?? Conditions(list: []) }

    /// One way of an `if`.
    public static func buildEither(first: Conditions) -> Conditions { first }

    /// The other way.
    public static func buildEither(second: Conditions) -> Conditions { second }

    /// All that a loop asks.
    public static func buildArray(_ conditions: [Conditions]) -> Conditions {
        Conditions(list: conditions.flatMap(\.list))
    }
}

extension Conditions {
    /// All of them as one; true where there is none.
    var all: SQL {
        self.list.isEmpty ? "TRUE" : SQL(text: "(") + self.list.joined(" AND ") + SQL(text: ")")
    }
}

extension Select {
    /// Only rows that all lines are true of.
    ///
    /// ```swift
    /// .where {
    ///     if let status { $0.status == status }
    ///     $0.subject.contains("printer") || $0.customer.name == "Ada"
    /// }
    /// ```
    public func `where`(@ConditionBuilder _ conditions: (Root.Columns) -> Conditions) -> Select {
        let list = conditions(self.columns).list
        return self.changed { $0.conditions += list }
    }
}
