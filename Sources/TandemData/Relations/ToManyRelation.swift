// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A relation to any number of rows of another model.
public protocol ToManyRelation<Root, Child>: Relation where Result == [Child] {
    /// The model that it leads to.
    associatedtype Child: Model

    /// The rows that belong to any row, for one query with the key of the row that each belongs to.
    func children() -> OwnedRows<Root, Child>

    /// The rows that belong to the row that a statement is at.
    func related() -> Select<Child, Child>
}

/// Rows of a model, and an expression for the key of the row that each belongs to.
public struct OwnedRows<Root: Model, Child: Model>: Sendable {
    let select: Select<Child, Child>
    let owner: SQLExpression<Root.ID>

    /// Those that belong to the row that a statement is at in a table.
    func related(to table: TableReference) -> Select<Child, Child> {
        let key = SQL([.column(table, Root.keyColumns.first ?? "")])
        return self.select.changed { $0.conditions.append(.infix(self.owner.sql, " = ", key)) }
    }
}

extension ToManyRelation {
    /// Loads the rows that belong to each row, in the order of their keys.
    ///
    /// - Throws: `DatabaseError`.
    public func load(for rows: [Root], in db: Database) async throws -> [[Child]] {
        try await self.load(for: rows, in: db) { $0 }
    }

    /// Loads the rows that belong to each row, as a query refines them; a limit of it is one for each row.
    ///
    /// - Throws: `DatabaseError`.
    public func load<Row: Sendable>(
        for rows: [Root],
        in db: Database,
        _ refine: (Select<Child, Child>) -> Select<Child, Row>
    ) async throws -> [[Row]] {
        let owned = self.children()
        let keys = Array(Set(rows.map(\.id)))
        let owner = owned.owner
        var select = refine(owned.select.on(db))
        let isOneOf =
            SQL(text: "(") + owner.sql + .membership(of: keys.map(owner.coding.encode), owner.coding.type) + ")"
        select.statement.conditions.append(isOneOf)
        select = select.limited(forEach: owner.sql)
        // Rows that are alike come in one order, always.
        select.statement.order += OrderTerm.byKey(of: Child.self, at: select.statement.table)
        select.statement.columns.append(owner.sql)
        let statement = try select.statement.statement(db.dialect)
        let collector = select.output.collector()
        var owners: [Root.ID] = []
        try await db.run(statement) { row in
            try collector.take(&row)
            owners.append(try owner.coding.decode(&row))
        }
        var byOwner: [Root.ID: [Row]] = [:]
        for (owner, row) in zip(owners, try await collector.rows(in: db)) { byOwner[owner, default: []].append(row) }
        return rows.map { byOwner[$0.id] ?? [] }
    }
}

extension Select {
    /// The same, its limit and offset counted for each of several owners by themselves.
    fileprivate func limited(forEach owner: SQL) -> Select {
        guard self.statement.limit != nil || self.statement.offset > 0 else { return self }
        var inner = self.statement
        let order = inner.order + OrderTerm.byKey(of: Root.self, at: inner.table)
        let number =
            SQL(text: "ROW_NUMBER() OVER (PARTITION BY ") + owner + " ORDER BY "
            + order.map(\.sql).joined(", ") + ") AS \"number\""
        inner.order = []
        inner.limit = nil
        inner.offset = 0
        let keys = Root.keyColumns.map { SQL([.column(inner.table, $0)]) }
        inner.columns = keys.enumerated().map { $0.element + " AS " + .name("key_\($0.offset)") }
        // The same row may be the first of one owner and the last of another.
        inner.columns += [owner + " AS \"owner\"", number]
        let from = Int64(self.statement.offset)
        let to = self.statement.limit.map { from + Int64(max($0, 0)) } ?? .max
        // Their own query numbers the rows; the outer one reads those whose number is within the bounds.
        let names = Root.keyColumns.indices.map { SQL.name("key_\($0)") } + [SQL.name("owner")]
        let chosen =
            SQL(text: "(SELECT ") + names.joined(", ") + " FROM " + .query(inner)
            + " AS \"numbered\" WHERE \"number\" > " + .value(.integer(from)) + " AND \"number\" <= "
            + .value(.integer(to)) + ")"
        var outer = self
        let own = (Root.keyColumns.map { SQL([.column(outer.statement.table, $0)]) } + [owner]).joined(", ")
        outer.statement.conditions.append(SQL(text: "((") + own + ") IN " + chosen + ")")
        outer.statement.limit = nil
        outer.statement.offset = 0
        return outer
    }
}

// MARK: - In conditions

extension ToManyRelation {
    /// How many rows there are.
    public var count: SQLExpression<Int> {
        var statement = self.related().statement
        statement.columns = ["COUNT(*)"]
        return SQLExpression<Int>(.query(statement), .own)
    }

    /// Whether there is any row.
    public var isEmpty: SQLExpression<Bool> { !self.any { _ in Conditions(list: []) } }

    /// Whether all lines are true of any of the rows.
    public func any(@ConditionBuilder _ conditions: (Child.Columns) -> Conditions) -> SQLExpression<Bool> {
        exists(self.related().where(conditions))
    }

    /// Whether all lines are true of none of the rows.
    public func none(@ConditionBuilder _ conditions: (Child.Columns) -> Conditions) -> SQLExpression<Bool> {
        !self.any(conditions)
    }

    /// Something that is computed of all the rows, such as the sum of a column.
    public func computed<Value>(_ aggregate: (Child.Columns) -> SQLExpression<Value>) -> SQLExpression<Value?> {
        self.related().columns { aggregate($0) }.value()
    }
}
