// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

// As with RowWriter.write, the compiler takes the first that fits: ColumnValue, then Scalar.
extension SQLValue {
    /// A value in the way of its type.
    public init<Value: ColumnValue>(of value: Value) { self = value.sqlValue }

    /// The text of an enum of words or raw values.
    @_disfavoredOverload
    public init<Value: Scalar>(of value: Value) { self = .text(value.text) }
}
