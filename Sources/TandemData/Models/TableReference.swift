// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
public import TandemSchema

/// A table in a statement: the one it is about, or one that is reached from it.
public struct TableReference: Hashable, Sendable {
    /// The model's table.
    let table: String
    /// Which of the tables of a statement it is; 0 is one that has its name from the database.
    let number: Int
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

    /// A table that a statement begins with, unlike every other even of the same name.
    init(_ table: String) {
        self.table = table
        self.number = Self.count.add(1, ordering: .relaxed).newValue
        self.path = []
    }

    /// A table that the database itself puts into a statement under this name, such as `excluded`.
    init(named table: String) {
        self.table = table
        self.number = 0
        self.path = []
    }

    private init(_ origin: TableReference, path: [Step]) {
        self.table = origin.table
        self.number = origin.number
        self.path = path
    }

    private static let count = Atomic(0)

    /// The table that a column of this one refers to.
    func joined(by step: Step) -> TableReference { TableReference(self, path: self.path + [step]) }

    /// The table that this was reached from, and the last step.
    var last: (origin: TableReference, step: Step)? {
        self.path.last.map { (TableReference(self, path: self.path.dropLast()), $0) }
    }

    /// Whether there may be no row.
    var isOptional: Bool { self.path.contains(where: \.isOptional) }

    private func expression<Value>(_ name: String, _ coding: ValueCoding<Value>) -> SQLExpression<Value> {
        SQLExpression(SQL([.column(self, name)]), coding, isNullable: coding.isOptional || self.isOptional)
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
