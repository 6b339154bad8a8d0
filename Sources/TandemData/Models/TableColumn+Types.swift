// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import TandemSchema

// Generated code describes each column by the type of its property; the compiler takes the first of the three that
// fits: ColumnValue, Scalar, Schema.
extension TableColumn {
    /// A column by the way of a type.
    private init<Value>(_ name: String, _ coding: ValueCoding<Value>, _ value: Value?) {
        self.init(name, coding.type, isOptional: coding.isOptional)
        self.defaultValue = value.flatMap { ColumnDefault(coding.encode($0)) }
    }

    /// A column of a type of its own way.
    public init<Value: ColumnValue>(_ name: String, of type: Value.Type, default value: Value? = nil) {
        self.init(name, .own, value)
    }

    /// A column of words or raw values.
    @_disfavoredOverload
    public init<Value: Scalar>(_ name: String, of type: Value.Type, default value: Value? = nil) {
        self.init(name, .text, value)
    }

    /// A column of words or raw values that may not be there.
    @_disfavoredOverload
    public init<Value: Scalar>(_ name: String, of type: Value?.Type, default value: Value?? = nil) {
        self.init(name, ValueCoding.text.optional, value)
    }

    /// A column of JSON.
    @_disfavoredOverload
    public init<Value: Schema>(_ name: String, of type: Value.Type, default value: Value? = nil) {
        self.init(name, .json, value)
    }

    /// A column of JSON that may not be there.
    @_disfavoredOverload
    public init<Value: Schema>(_ name: String, of type: Value?.Type, default value: Value?? = nil) {
        self.init(name, ValueCoding.json.optional, value)
    }

    /// The same column with more said of it.
    public func with(_ change: (inout TableColumn) -> Void) -> TableColumn {
        var column = self
        change(&column)
        return column
    }
}

extension ColumnDefault {
    /// A value that can be written into a migration; of the others there is none.
    init?(_ value: SQLValue) {
        switch value {
        case .boolean(let value): self = .boolean(value: value)
        case .integer(let value): self = .integer(value: value)
        case .double(let value): self = .double(value: value)
        case .text(let value): self = .text(value: value)
        case .json(let value): self = .json(value: value)
        case .decimal(let value): self = .text(value: value.description)
        case .uuid(let value): self = .text(value: value.uuidString.lowercased())
        case .null, .bytes, .timestamp, .invalid: return nil
        }
    }
}
