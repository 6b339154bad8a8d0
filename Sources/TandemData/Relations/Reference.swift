// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The row that a column names: `@Reference(Customer.self) var customerID: Customer.ID` gives `customer`.
///
/// In a condition it leads on to the other's columns, `$0.customer.name == "Ada"`, and the table is joined; with
/// `with(\.customer)` the rows themselves are loaded.
@dynamicMemberLookup
public struct Reference<Root: Model, Target: Model>: Sendable {
    let place: TableReference
    let key: @Sendable (Root) -> Target.ID

    /// The reference of a column, from the table that has it.
    public init(_ table: TableReference, _ column: String, key: @escaping @Sendable (Root) -> Target.ID) {
        self.place = table.joined(to: Target.self, by: column, isOptional: false)
        self.key = key
    }

    /// A column of the other table.
    public subscript<Member>(dynamicMember member: KeyPath<Target.Columns, Member>) -> Member {
        Target.Columns(self.place)[keyPath: member]
    }
}

/// The row that a column names where it names one: `@Reference(Agent.self) var agentID: Agent.ID?` gives `agent`.
@dynamicMemberLookup
public struct OptionalReference<Root: Model, Target: Model>: Sendable {
    let place: TableReference
    let key: @Sendable (Root) -> Target.ID?

    /// The reference of a column, from the table that has it.
    public init(_ table: TableReference, _ column: String, key: @escaping @Sendable (Root) -> Target.ID?) {
        self.place = table.joined(to: Target.self, by: column, isOptional: true)
        self.key = key
    }

    /// A column of the other table; where there is no such row it is missing.
    public subscript<Value>(
        dynamicMember member: KeyPath<Target.Columns, SQLExpression<Value>>
    ) -> SQLExpression<Value?> {
        Target.Columns(self.place)[keyPath: member].optional
    }

    /// A column of the other table that may be missing there too.
    public subscript<Value>(
        dynamicMember member: KeyPath<Target.Columns, SQLExpression<Value?>>
    ) -> SQLExpression<Value?> {
        Target.Columns(self.place)[keyPath: member]
    }

    /// A relation of the other table.
    @_disfavoredOverload
    public subscript<Member>(dynamicMember member: KeyPath<Target.Columns, Member>) -> Member {
        Target.Columns(self.place)[keyPath: member]
    }
}

extension TableReference {
    /// The table that a column of this one refers to; of a table with several key columns the first counts.
    func joined<Target: Model>(to target: Target.Type, by column: String, isOptional: Bool) -> TableReference {
        self.joined(
            by: Step(
                column: column,
                target: target.tableName,
                targetColumn: target.keyColumns.first ?? "",
                isOptional: isOptional
            )
        )
    }
}
