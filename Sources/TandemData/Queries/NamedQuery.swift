// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A query under a name of its own, which other queries read from as if it were the model's table.
///
/// ```swift
/// let recent = db.select(Ticket.self).order { $0.createdAt.descending() }.limit(100).named("recent")
/// let urgent = try await db.select(from: recent).where { $0.priority == .high }.all()
/// ```
public struct NamedQuery<M: Model>: Sendable {
    let named: SelectStatement.Named
    let database: Database?

    fileprivate init(_ name: String, _ database: Database?, _ query: SQL, isRecursive: Bool = false) {
        self.named = SelectStatement.Named(
            table: TableReference(name),
            name: name,
            query: query,
            isRecursive: isRecursive
        )
        self.database = database
    }

    /// A query for its rows.
    public func select() -> Select<M, M> {
        let select = Select<M, M>(in: self.database)
        return select.changed { $0.source = .named(self.named) }
    }
}

extension Select where Row == Root {
    /// The rows of this query as a table with a name.
    public func named(_ name: String) -> NamedQuery<Root> {
        NamedQuery(name, self.database, SQL([.query(self.statement)]))
    }

    /// The rows of this query, all that a step leads to from one of them, and so on: a tree from its roots.
    ///
    /// ```swift
    /// let tree = db.select(Category.self).where { $0.id == 7 }
    ///     .recursive("tree") { child, parent in child.parentID == parent.id }
    /// ```
    /// No row comes twice, so a circle comes to an end.
    public func recursive(
        _ name: String,
        _ step: (_ next: Root.Columns, _ found: Root.Columns) -> SQLExpression<Bool>
    ) -> NamedQuery<Root> {
        let found = TableReference(name)
        var next = Select<Root, Root>(in: nil).statement
        let condition = step(Root.Columns(next.table), Root.Columns(found)).sql
        next.links = [SelectStatement.Link(table: found, condition: condition)]
        let query = SQL([.query(self.statement), .text(" UNION "), .query(next)])
        return NamedQuery(name, self.database, query, isRecursive: true)
    }
}

extension Database {
    /// A query for the rows of a table with a name.
    public func select<M: Model>(from table: NamedQuery<M>) -> Select<M, M> { table.select().on(self) }
}
