// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import TandemSchema

/// Reads the columns of a row, one after another.
public struct RowReader: ~Copyable {
    private let source: any RowSource
    /// The column that is read next.
    private var column = 0

    package init(_ source: any RowSource) {
        self.source = source
    }

    /// Reads the next column as a type of its own way.
    ///
    /// - Throws: `DatabaseError` with the code `unreadable` where it holds something else.
    @inlinable
    public mutating func read<Value: ColumnValue>(_ type: Value.Type = Value.self) throws(DatabaseError) -> Value {
        try Value(from: &self)
    }

    /// Goes past the next column if it holds NULL.
    public mutating func takeNull() -> Bool {
        guard self.column < self.source.columnCount, self.source.isNull(self.column) else { return false }
        self.column += 1
        return true
    }

    /// Goes past as many columns, such as those of a relation that is not there.
    package mutating func skip(_ count: Int) { self.column += count }

    /// Reads whatever the column holds as a value of a type.
    mutating func value(as type: ColumnType) throws(DatabaseError) -> SQLValue {
        if self.takeNull() { return .null }
        switch type {
        case .boolean: return .boolean(try self.boolean())
        case .integer: return .integer(try self.integer())
        case .double: return .double(try self.double())
        case .text: return .text(try self.text())
        case .json: return .json(try self.text())
        case .bytes: return .bytes(try self.bytes())
        case .timestamp: return .timestamp(try self.timestamp())
        case .uuid: return .uuid(try self.uuid())
        case .decimal: return .decimal(try self.decimal())
        }
    }

    /// Every column of the row by its name; of several with one name the last.
    mutating func valuesByName() throws(DatabaseError) -> [String: SQLValue] {
        var values: [String: SQLValue] = [:]
        while self.column < self.source.columnCount {
            let name = self.source.name(of: self.column)
            values[name] = try self.value()
        }
        return values
    }

    /// Whether each of the next columns holds NULL.
    package func areNull(next count: Int) -> Bool {
        (self.column..<min(self.column + count, self.source.columnCount)).allSatisfy { self.source.isNull($0) }
    }

    /// The next column, which holds a value.
    private mutating func take() throws(DatabaseError) -> Int {
        guard self.column < self.source.columnCount else {
            throw .unreadable("The row has \(self.source.columnCount) columns; one more was asked for.")
        }
        guard !self.source.isNull(self.column) else {
            throw .unreadable("Column \"\(self.source.name(of: self.column))\" holds NULL; read it as an optional.")
        }
        defer { self.column += 1 }
        return self.column
    }
}

// MARK: - The kinds of columns

extension RowReader {
    /// Reads a boolean.
    public mutating func boolean() throws(DatabaseError) -> Bool { try self.source.boolean(self.take()) }

    /// Reads an integer.
    public mutating func integer() throws(DatabaseError) -> Int64 { try self.source.integer(self.take()) }

    /// Reads a binary fraction.
    public mutating func double() throws(DatabaseError) -> Double { try self.source.double(self.take()) }

    /// Reads a text, or a JSON column as its text.
    public mutating func text() throws(DatabaseError) -> String { try self.source.text(self.take()) }

    /// Reads bytes.
    public mutating func bytes() throws(DatabaseError) -> [UInt8] { try self.source.bytes(self.take()) }

    /// Reads a moment.
    public mutating func timestamp() throws(DatabaseError) -> Date { try self.source.timestamp(self.take()) }

    /// Reads a UUID.
    public mutating func uuid() throws(DatabaseError) -> UUID { try self.source.uuid(self.take()) }

    /// Reads a decimal fraction.
    public mutating func decimal() throws(DatabaseError) -> Decimal { try self.source.decimal(self.take()) }

    /// Reads whatever the column holds.
    public mutating func value() throws(DatabaseError) -> SQLValue {
        self.takeNull() ? .null : try self.source.value(self.take())
    }
}

// MARK: - Types that are no ColumnValue

// Generated code calls `read()` for every property, and the compiler takes the first of these that fits its type:
// ColumnValue, then Scalar, then Schema.
extension RowReader {
    /// Reads an enum of words or raw values from its text.
    @_disfavoredOverload
    @inlinable
    public mutating func read<Value: Scalar>(_ type: Value.Type = Value.self) throws(DatabaseError) -> Value {
        try self.scalar()
    }

    /// Reads an enum of words or raw values, or NULL.
    @_disfavoredOverload
    @inlinable
    public mutating func read<Value: Scalar>(_ type: Value?.Type = Value?.self) throws(DatabaseError) -> Value? {
        self.takeNull() ? nil : try self.scalar()
    }

    /// Reads a value from JSON.
    @_disfavoredOverload
    @inlinable
    public mutating func read<Value: Schema>(_ type: Value.Type = Value.self) throws(DatabaseError) -> Value {
        try self.decoded()
    }

    /// Reads a value from JSON, or NULL.
    @_disfavoredOverload
    @inlinable
    public mutating func read<Value: Schema>(_ type: Value?.Type = Value?.self) throws(DatabaseError) -> Value? {
        self.takeNull() ? nil : try self.decoded()
    }

    @inlinable
    mutating func scalar<Value: Scalar>() throws(DatabaseError) -> Value {
        let text = try self.text()
        guard let value = Value(text: text) else {
            throw .unreadable("A column holds a text that is not \(Value.expected).")
        }
        return value
    }

    @inlinable
    mutating func decoded<Value: Schema>() throws(DatabaseError) -> Value {
        let text = try self.text()
        do {
            return try JSON.decode(Value.self, from: text)
        } catch {
            throw .unreadable("A column's JSON is no \(Value.self).", cause: error)
        }
    }
}
