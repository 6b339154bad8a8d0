// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// One step from a state of the tables to another, on whatever database.
enum MigrationOperation: Hashable {
    case createTable(Table)
    case dropTable(String)
    case renameTable(String, to: String)
    /// Adds a column; rows that are there get the fill, or else the column's default.
    case addColumn(TableColumn, table: String, fill: ColumnFill?)
    /// Drops a column; when that is undone, rows that are there get the fill.
    case dropColumn(String, table: String, fill: ColumnFill?)
    case renameColumn(String, table: String, to: String)
    /// Makes the column of the name what is said; NULL becomes the fill where it may not stay.
    case changeColumn(TableColumn, table: String, fill: ColumnFill?)
    case changeKey([String], table: String)
    case addIndex(TableIndex, table: String)
    case dropIndex(String, table: String)
    case renameIndex(String, table: String, to: String)
    case addCheck(TableCheck, table: String)
    case dropCheck(String, table: String)
    /// Has the columns searched as text; none ends that.
    case search([String], language: SearchLanguage = .simple, table: String)
    /// What people wrote.
    case sql(SQLStep)

    /// The one table that changes, where the operation neither makes, drops nor renames it.
    var changedTable: String? {
        switch self {
        case .createTable, .dropTable, .renameTable, .sql: nil
        case .addColumn(_, let table, _), .dropColumn(_, let table, _), .renameColumn(_, let table, _),
            .changeColumn(_, let table, _), .changeKey(_, let table), .addIndex(_, let table),
            .dropIndex(_, let table), .renameIndex(_, let table, _), .addCheck(_, let table),
            .dropCheck(_, let table), .search(_, _, let table):
            table
        }
    }
}

/// What rows that are there get in a column that cannot be NULL.
enum ColumnFill: Hashable {
    case value(ColumnDefault)
    /// SQL over the row's other columns.
    case formula(String)
}

/// SQL that people wrote into a migration, to change rows or what models do not describe.
struct SQLStep: Hashable {
    /// The statements, with semicolons between them.
    var text: String
    /// Whether it is for undoing.
    var isDown = false
    /// The only database that it is for.
    var dialect: Dialect? = nil
}
