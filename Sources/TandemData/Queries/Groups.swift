// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Rows put together in groups, from which one row each is made by `columns`.
///
/// ```swift
/// let sections = try await db.select(Package.self)
///     .group { $0.sectionID }
///     .having { _ in count() > 3 }
///     .columns { $0.sectionID; count(); $0.size.sum(); $0.name.minimum() }
///     .all()
/// ```
public struct Groups<Root: Model>: Sendable {
    private var select: Select<Root, Root>

    init(_ select: Select<Root, Root>) {
        self.select = select
    }

    /// Only groups that all lines are true of.
    public func having(@ConditionBuilder _ conditions: (Root.Columns) -> Conditions) -> Groups {
        let list = conditions(self.select.columns).list
        return Groups(self.select.changed { $0.having += list })
    }

    /// What is computed for each group.
    public func columns<Value>(
        @ColumnBuilder _ columns: (Root.Columns) -> ColumnList<Value>
    ) -> Select<Root, Value> {
        self.select.reading(columns(self.select.columns))
    }
}

/// Reads the lines of a `group { … }`.
@resultBuilder
public enum GroupBuilder {
    /// An expression that all rows of a group have the same value of.
    public static func buildExpression<Value>(_ expression: SQLExpression<Value>) -> [SQL] { [expression.comparand] }

    /// All of them.
    public static func buildBlock(_ parts: [SQL]...) -> [SQL] { parts.flatMap(\.self) }
}

extension Select where Row == Root {
    /// Groups of rows that have the same values of some expressions.
    public func group(@GroupBuilder _ by: (Root.Columns) -> [SQL]) -> Groups<Root> {
        let list = by(self.columns)
        return Groups(self.changed { $0.groups += list })
    }
}
