// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The rows of another model that a third one puts together with a row: many to many.
///
/// ```swift
/// extension Package.Columns {
///     var tags: Through<Package, PackageTag, Tag> { Through(self, from: \.packageID, to: \.tagID) }
/// }
/// let packages = try await db.select(Package.self).with(\.tags).all()  // [(Package, [Tag])]
/// ```
public struct Through<Root: Model, Link: Model, Child: Model>: ToManyRelation {
    private let table: TableReference
    private let owned: OwnedRows<Root, Child>

    /// The rows that links lead to.
    ///
    /// - Parameters:
    ///   - columns: The columns that this is one of.
    ///   - from: The link's column that names the row.
    ///   - to: The link's column that names the other.
    public init(
        _ columns: Root.Columns,
        from: KeyPath<Link.Columns, SQLExpression<Root.ID>>,
        to: KeyPath<Link.Columns, SQLExpression<Child.ID>>
    ) {
        self.table = columns.tableReference
        var select = Select<Child, Child>(in: nil)
        let link = Link.Columns(TableReference(Link.tableName))
        let key = SQL([.column(select.statement.table, Child.keyColumns.first ?? "")])
        select.statement.links = [
            SelectStatement.Link(table: link.tableReference, condition: .infix(link[keyPath: to].sql, " = ", key))
        ]
        self.owned = OwnedRows(select: select, owner: link[keyPath: from])
    }

    /// The rows, each with the key of the row that its link names.
    public func children() -> OwnedRows<Root, Child> { self.owned }

    /// The rows that links put together with the row that a statement is at.
    public func related() -> Select<Child, Child> { self.owned.related(to: self.table) }
}
