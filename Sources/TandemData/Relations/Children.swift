// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The rows of another model that name a row: what a `@Reference` is from the other side.
///
/// ```swift
/// extension Package.Columns {
///     var versions: Children<Package, Version> { Children(self, by: \.packageID) }
/// }
/// let packages = try await db.select(Package.self).with(\.versions).all()  // [(Package, [Version])]
/// ```
public struct Children<Root: Model, Child: Model>: ToManyRelation {
    private let table: TableReference
    private let owned: OwnedRows<Root, Child>

    /// The children of rows.
    ///
    /// - Parameters:
    ///   - columns: The columns that this is one of.
    ///   - owner: The child's column that names the row.
    public init(_ columns: Root.Columns, by owner: KeyPath<Child.Columns, SQLExpression<Root.ID>>) {
        let select = Select<Child, Child>(in: nil)
        self.init(columns, select, owner: select.columns[keyPath: owner])
    }

    /// The children of rows, which may be nobody's.
    ///
    /// - Parameters:
    ///   - columns: The columns that this is one of.
    ///   - owner: The child's column that names the row, or is missing.
    public init(_ columns: Root.Columns, by owner: KeyPath<Child.Columns, SQLExpression<Root.ID?>>)
    where Root.ID: ColumnValue {
        let select = Select<Child, Child>(in: nil)
        self.init(columns, select, owner: SQLExpression<Root.ID>(select.columns[keyPath: owner].sql, .own))
    }

    private init(_ columns: Root.Columns, _ select: Select<Child, Child>, owner: SQLExpression<Root.ID>) {
        self.table = columns.tableReference
        self.owned = OwnedRows(select: select, owner: owner)
    }

    /// The rows, each with the key of the row that it names.
    public func children() -> OwnedRows<Root, Child> { self.owned }

    /// The rows that name the row that a statement is at.
    public func related() -> Select<Child, Child> { self.owned.related(to: self.table) }
}
