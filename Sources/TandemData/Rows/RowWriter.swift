// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

/// Takes the values of a row, one column after another.
public struct RowWriter: ~Copyable {
    private let sink: any RowSink
    private var column = 0

    package init(_ sink: any RowSink) {
        self.sink = sink
    }

    /// Writes the next column.
    @inlinable
    public mutating func write<Value: ColumnValue>(_ value: Value) { self.write(value.sqlValue) }

    /// Writes the next column.
    public mutating func write(_ value: SQLValue) {
        self.sink.put(value, at: self.column)
        self.column += 1
    }

    /// Writes an enum of words or raw values as its text.
    @_disfavoredOverload
    @inlinable
    public mutating func write<Value: Scalar>(_ value: Value) { self.write(SQLValue(of: value)) }

    /// Writes an enum of words or raw values as its text, or NULL.
    @_disfavoredOverload
    @inlinable
    public mutating func write<Value: Scalar>(_ value: Value?) { self.write(SQLValue(of: value)) }

    /// Writes a value as JSON.
    @_disfavoredOverload
    @inlinable
    public mutating func write<Value: Schema>(_ value: Value) { self.write(SQLValue(of: value)) }

    /// Writes a value as JSON, or NULL.
    @_disfavoredOverload
    @inlinable
    public mutating func write<Value: Schema>(_ value: Value?) { self.write(SQLValue(of: value)) }
}

/// Where the values of a row go: a statement's parameters, a stream of `COPY`, an array.
package protocol RowSink: AnyObject {
    /// Takes a value; columns are counted from 0 and come in order.
    func put(_ value: SQLValue, at column: Int)
}
