// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A query for rows of a model: a value that is put together step by step, and runs when rows are asked for.
///
/// ```swift
/// let tickets = try await db.select(Ticket.self)
///     .where { $0.status == .open; $0.customer.name == "Ada" }
///     .order { $0.createdAt.descending() }
///     .limit(20)
///     .all()
/// ```
public struct Select<Root: Model, Row: Sendable>: Sendable {
    /// Where it runs, if that is known already.
    let database: Database?
    var statement: SelectStatement
    let output: RowOutput<Row>

    init(_ database: Database?, _ statement: SelectStatement, _ output: RowOutput<Row>) {
        self.database = database
        self.statement = statement
        self.output = output
    }

    /// The columns of the table that it is about.
    var columns: Root.Columns { Root.Columns(self.statement.table) }

    func changed(_ change: (inout SelectStatement) -> Void) -> Select {
        var copy = self
        change(&copy.statement)
        return copy
    }

    /// The same query in a database, or in a transaction.
    public func on(_ database: Database) -> Select { Select(database, self.statement, self.output) }

    /// At most so many rows.
    public func limit(_ count: Int) -> Select { self.changed { $0.limit = count } }

    /// Without the first rows, so many of them.
    public func offset(_ count: Int) -> Select { self.changed { $0.offset = max(count, 0) } }

    /// Of rows that are alike one only.
    public func distinct() -> Select { self.changed { $0.isDistinct = true } }
}

extension Select where Row == Root {
    /// A query for all rows of a model, which runs once it is told where: `Select(Ticket.self).on(db)`.
    public init(_ model: Root.Type = Root.self) {
        self.init(in: nil)
    }

    init(in database: Database?) {
        self.init(database, SelectStatement(ModelText.of(Root.self)), .model())
    }
}

extension Database {
    /// A query for rows of a model.
    public func select<M: Model>(_ model: M.Type) -> Select<M, M> { Select(in: self) }
}
