// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

/// A table in a statement: the one it is about, or one that is reached from it.
public struct TableReference: Hashable, Sendable {
    /// The model's table.
    let table: String
    /// The steps that lead here, each the column of a reference; none for the statement's own.
    let path: [Step]

    struct Step: Hashable, Sendable {
        /// The column that refers.
        let column: String
        /// The table and the column that it refers to.
        let target: String
        let targetColumn: String
        /// Whether the row may not be there.
        let isOptional: Bool
    }

    init(_ table: String, path: [Step] = []) {
        self.table = table
        self.path = path
    }

    /// How the statement calls it.
    var alias: String { self.path.isEmpty ? self.table : self.path.map(\.column).joined(separator: "__") }

    private func expression<Value>(_ name: String, _ coding: ValueCoding<Value>) -> SQLExpression<Value> {
        SQLExpression(SQL([.column(self, name)]), coding)
    }

    // By the type alone the compiler takes the first that fits: ColumnValue, then Scalar, then Schema.

    /// A column of a type of its own way.
    public func column<Value: ColumnValue>(_ name: String, of type: Value.Type = Value.self) -> SQLExpression<Value> {
        self.expression(name, .own)
    }

    /// A column of words or raw values.
    @_disfavoredOverload
    public func column<Value: Scalar>(_ name: String, of type: Value.Type = Value.self) -> SQLExpression<Value> {
        self.expression(name, .text)
    }

    /// A column of words or raw values that may not be there.
    @_disfavoredOverload
    public func column<Value: Scalar>(_ name: String, of type: Value?.Type = Value?.self) -> SQLExpression<Value?> {
        self.expression(name, ValueCoding.text.optional)
    }

    /// A column of JSON.
    @_disfavoredOverload
    public func column<Value: Schema>(_ name: String, of type: Value.Type = Value.self) -> SQLExpression<Value> {
        self.expression(name, .json)
    }

    /// A column of JSON that may not be there.
    @_disfavoredOverload
    public func column<Value: Schema>(_ name: String, of type: Value?.Type = Value?.self) -> SQLExpression<Value?> {
        self.expression(name, ValueCoding.json.optional)
    }
}
