// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A type whose values fill one column.
///
/// Numbers, texts, booleans, dates, UUIDs, decimals, bytes, and optionals of them are. An enum of words or raw values
/// under `@Schema` is kept as its text, any other `@Schema` type as JSON, without conforming; conform to keep a type in
/// another way.
public protocol ColumnValue: Sendable {
    /// The column's type.
    static var columnType: ColumnType { get }

    /// Reads the next column.
    ///
    /// - Throws: `DatabaseError` with the code `unreadable` where it holds something else.
    init(from row: inout RowReader) throws(DatabaseError)

    /// The value as the database gets it.
    var sqlValue: SQLValue { get }
}
