// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

// The three ways of a type into a column; the compiler takes the first that fits: ColumnValue, then Scalar, then Schema.
extension SQLValue {
    /// A value in the way of its type.
    @inlinable
    public init<Value: ColumnValue>(of value: Value) { self = value.sqlValue }

    /// The text of an enum of words or raw values.
    @_disfavoredOverload
    @inlinable
    public init<Value: Scalar>(of value: Value) { self = .text(value.text) }

    /// The text of an enum of words or raw values, or NULL.
    @_disfavoredOverload
    @inlinable
    public init<Value: Scalar>(of value: Value?) { self = value.map { .text($0.text) } ?? .null }

    /// A value as JSON.
    @_disfavoredOverload
    @inlinable
    public init<Value: Schema>(of value: Value) {
        do { self = .json(try JSON.text(value)) } catch { self = .invalid("\(error)") }
    }

    /// A value as JSON, or NULL.
    @_disfavoredOverload
    @inlinable
    public init<Value: Schema>(of value: Value?) { self = value.map { SQLValue(of: $0) } ?? .null }
}
