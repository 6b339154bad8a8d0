// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Scalar where Self: FixedWidthInteger {
    /// Reads an integer that the type can hold.
    @inlinable
    public init?(json reader: inout JSONReader) throws(JSONError) {
        guard let value = try reader.readInteger(Self.self) else { return nil }
        self = value
    }

    /// Writes the integer, every digit of it.
    @inlinable
    public func write(json writer: inout JSONWriter) { writer.write(self) }

    /// `integer`, with the least and the greatest value of the type.
    public static func describe(in definitions: inout Definitions) -> JSONSchema {
        var schema = JSONSchema(type: "integer")
        if Self.bitWidth >= 32, Self.isSigned, Self.bitWidth <= 64 { schema["format"] = .string("int\(Self.bitWidth)") }
        schema["minimum"] = .number(Self.min.description)
        schema["maximum"] = .number(Self.max.description)
        return schema
    }

    /// Reads decimal digits with an optional sign.
    @inlinable
    public init?(text: String) {
        guard let value = Self(text, radix: 10) else { return nil }
        self = value
    }

    /// An integer that the type can hold.
    public static var expected: String { "an integer from \(Self.min) to \(Self.max)" }

    /// The decimal digits.
    @inlinable public var text: String { self.description }
}

extension Int: Scalar {}
extension Int8: Scalar {}
extension Int16: Scalar {}
extension Int32: Scalar {}
extension Int64: Scalar {}
extension Int128: Scalar {}
extension UInt: Scalar {}
extension UInt8: Scalar {}
extension UInt16: Scalar {}
extension UInt32: Scalar {}
extension UInt64: Scalar {}
extension UInt128: Scalar {}
