// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What a query reads instead of whole rows: expressions, and how a row of their values is read.
public struct ColumnList<Row: Sendable>: Sendable {
    let columns: [SQL]
    /// The way of a single value; there is none of several.
    let coding: ValueCoding<Row>?
    let decode: @Sendable (inout RowReader) throws(DatabaseError) -> Row
}

/// Reads the lines of a `columns { … }`: one expression each.
@resultBuilder
public enum ColumnBuilder {
    /// One expression: the rows are its values.
    public static func buildBlock<Value>(_ column: SQLExpression<Value>) -> ColumnList<Value> {
        ColumnList(columns: [column.sql], coding: column.coding, decode: column.coding.decode)
    }

    /// Several expressions: the rows are tuples of their values.
    public static func buildBlock<each Value: Sendable>(
        _ columns: repeat SQLExpression<each Value>
    ) -> ColumnList<(repeat each Value)> {
        var sql: [SQL] = []
        for column in repeat each columns { sql.append(column.sql) }
        let codings = (repeat (each columns).coding)
        return ColumnList(columns: sql, coding: nil) { row throws(DatabaseError) in
            (repeat try (each codings).decode(&row))
        }
    }
}

extension Select {
    /// Only what expressions compute, instead of whole rows.
    ///
    /// ```swift
    /// let sizes = try await db.select(Package.self).columns { $0.name; $0.size }.all()  // [(String, Int64)]
    /// ```
    public func columns<Value>(
        @ColumnBuilder _ columns: (Root.Columns) -> ColumnList<Value>
    ) -> Select<Root, Value> {
        self.reading(columns(self.columns))
    }

    func reading<Value>(_ list: ColumnList<Value>) -> Select<Root, Value> {
        var statement = self.statement
        statement.columns = list.columns
        return Select<Root, Value>(self.database, statement, .decoded(list.coding, by: list.decode))
    }
}
