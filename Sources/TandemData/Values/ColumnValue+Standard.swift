// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

extension Bool: ColumnValue {
    /// A boolean.
    public static var columnType: ColumnType { .boolean }

    /// Reads a boolean.
    public init(from row: inout RowReader) throws(DatabaseError) { self = try row.boolean() }

    /// The boolean.
    public var sqlValue: SQLValue { .boolean(self) }
}

extension ColumnValue where Self: FixedWidthInteger {
    /// An integer of 64 bits.
    public static var columnType: ColumnType { .integer }

    /// Reads an integer that this type can hold.
    @inlinable
    public init(from row: inout RowReader) throws(DatabaseError) {
        let wide = try row.integer()
        guard let value = Self(exactly: wide) else {
            throw .unreadable("\(wide) does not fit into \(Self.self).")
        }
        self = value
    }

    /// The integer, where 64 bits with a sign hold it.
    @inlinable
    public var sqlValue: SQLValue {
        Int64(exactly: self).map { .integer($0) } ?? .invalid("\(self) does not fit into a column of 64 bits.")
    }
}

extension Int: ColumnValue {}
extension Int64: ColumnValue {}
extension Int32: ColumnValue {}
extension Int16: ColumnValue {}
extension Int8: ColumnValue {}
extension UInt: ColumnValue {}
extension UInt64: ColumnValue {}
extension UInt32: ColumnValue {}
extension UInt16: ColumnValue {}
extension UInt8: ColumnValue {}

extension Double: ColumnValue {
    /// A binary fraction.
    public static var columnType: ColumnType { .double }

    /// Reads a binary fraction.
    public init(from row: inout RowReader) throws(DatabaseError) { self = try row.double() }

    /// The number.
    public var sqlValue: SQLValue { .double(self) }
}

extension Float: ColumnValue {
    /// A binary fraction.
    public static var columnType: ColumnType { .double }

    /// Reads a binary fraction, and keeps the nearest of this type.
    public init(from row: inout RowReader) throws(DatabaseError) { self = Float(try row.double()) }

    /// The number.
    public var sqlValue: SQLValue { .double(Double(self)) }
}

extension String: ColumnValue {
    /// A text.
    public static var columnType: ColumnType { .text }

    /// Reads a text.
    public init(from row: inout RowReader) throws(DatabaseError) { self = try row.text() }

    /// The text.
    public var sqlValue: SQLValue { .text(self) }
}

extension Date: ColumnValue {
    /// A moment.
    public static var columnType: ColumnType { .timestamp }

    /// Reads a moment.
    public init(from row: inout RowReader) throws(DatabaseError) { self = try row.timestamp() }

    /// The moment.
    public var sqlValue: SQLValue { .timestamp(self) }
}

extension UUID: ColumnValue {
    /// A UUID.
    public static var columnType: ColumnType { .uuid }

    /// Reads a UUID.
    public init(from row: inout RowReader) throws(DatabaseError) { self = try row.uuid() }

    /// The UUID.
    public var sqlValue: SQLValue { .uuid(self) }
}

extension Decimal: ColumnValue {
    /// A decimal fraction.
    public static var columnType: ColumnType { .decimal }

    /// Reads a decimal fraction.
    public init(from row: inout RowReader) throws(DatabaseError) { self = try row.decimal() }

    /// The number.
    public var sqlValue: SQLValue { .decimal(self) }
}

extension Data: ColumnValue {
    /// Bytes.
    public static var columnType: ColumnType { .bytes }

    /// Reads bytes.
    public init(from row: inout RowReader) throws(DatabaseError) { self = Data(try row.bytes()) }

    /// The bytes.
    public var sqlValue: SQLValue { .bytes([UInt8](self)) }
}

extension URL: ColumnValue {
    /// The URL's text.
    public static var columnType: ColumnType { .text }

    /// Reads a URL.
    public init(from row: inout RowReader) throws(DatabaseError) {
        let text = try row.text()
        guard let url = URL(string: text) else { throw .unreadable("A text is no URL.") }
        self = url
    }

    /// The URL's text.
    public var sqlValue: SQLValue { .text(self.absoluteString) }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
    /// The type of what may be there.
    public static var columnType: ColumnType { Wrapped.columnType }

    /// Reads a value or NULL.
    @inlinable
    public init(from row: inout RowReader) throws(DatabaseError) {
        self = row.takeNull() ? nil : try Wrapped(from: &row)
    }

    /// The value or NULL.
    @inlinable
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }
}
