// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A type whose values are the rows of a table.
///
/// Put `@Model` on a struct to have all of this written:
/// ```swift
/// @Model("tickets") struct Ticket {
///     @ID var id: Int64
///     @Length(1...120) var subject: String
///     var priority: Priority = .normal
///     @Reference(Customer.self) var customerID: Customer.ID
///     var createdAt: Date = .now
/// }
/// ```
public protocol Model: Insertable, Identifiable where Target == Self, ID: Sendable {
    // Wide because: `@Model` writes it, and by hand most of it can be left out.

    /// Its columns and relations, for queries.
    associatedtype Columns: ModelColumns

    /// The table.
    static var table: Table { get }

    /// The name of the table, had without it: two tables can refer to each other.
    static var tableName: String { get }

    /// The columns of the key, had without the table.
    static var keyColumns: [String] { get }

    /// Reads a row whose columns are the table's, in their order.
    init(from row: inout RowReader) throws(DatabaseError)

    /// The key as values of the key's columns.
    static func keyValues(of id: ID) -> [SQLValue]

    /// The column that counts the changes of a row, so that two who change it at once do not undo each other's work.
    static var versionColumn: String? { get }

    /// The columns that become the time of each change.
    static var touchedColumns: [String] { get }

    /// Prepares a row that is about to be updated as a whole; what it throws stops that.
    mutating func willUpdate() throws
}

extension Model {
    /// The table's.
    public static var tableName: String { self.table.name }

    /// The table's.
    public static var keyColumns: [String] { self.table.key }

    /// None.
    public static var versionColumn: String? { nil }

    /// None.
    public static var touchedColumns: [String] { [] }

    /// Does nothing.
    public mutating func willUpdate() throws {}
}

/// Values that make a row of a model's table: the model itself, or a draft of it, whose key the database gives.
public protocol Insertable: Sendable {
    /// The model.
    associatedtype Target: Model

    /// The columns that these values fill, in order.
    var filledColumns: [String] { get }

    /// Writes the values of those columns.
    func write(to row: inout RowWriter)

    /// Prepares values that are about to be inserted; what it throws stops that.
    mutating func willInsert() throws
}

extension Insertable {
    /// Does nothing.
    public mutating func willInsert() throws {}
}

/// The columns and relations of a model's table, at one place of a statement.
public protocol ModelColumns: Sendable {
    /// The columns of a table.
    init(_ table: TableReference)

    /// The table that they are columns of.
    var tableReference: TableReference { get }
}
