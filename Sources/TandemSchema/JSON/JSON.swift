// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A JSON value of any kind, for what has no type of its own.
///
/// Numbers are kept as the digits they came in. The properties of an object keep their order.
public enum JSON: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, as the text it is; one that is no number in JSON cannot be written.
    case number(String)
    /// A string.
    case string(String)
    /// An array.
    case array([JSON])
    /// An object.
    case object(JSONObject)
}

extension JSON {
    /// The properties, where it is an object.
    package var object: JSONObject? { if case .object(let object) = self { object } else { nil } }

    /// The text, where it is a string.
    package var string: String? { if case .string(let text) = self { text } else { nil } }
}

// MARK: - Reading and writing values

extension JSON {
    /// Reads a value from a JSON text.
    ///
    /// - Throws: `JSONError` where the text is no JSON, `ValidationError` with all that is wrong where it is.
    @inlinable
    public static func decode<Value: Schema>(
        _ type: Value.Type = Value.self,
        from bytes: UnsafeRawBufferPointer,
        limits: JSONLimits = JSONLimits()
    ) throws -> Value {
        try self.decoded(type, bytes.bindMemory(to: UInt8.self).span, limits)
    }

    @inlinable
    static func decoded<Value: Schema>(_ type: Value.Type, _ bytes: Span<UInt8>, _ limits: JSONLimits) throws -> Value {
        var value: Value?
        let violations = try self.read(from: bytes, limits: limits, into: &value)
        guard let value, violations.isEmpty else { throw ValidationError(violations) }
        return value
    }

    /// Reads a value into its place.
    ///
    /// - Returns: All that is wrong with it; where there is something, the value is `nil` or not to be used.
    @inlinable
    package static func read<Value: Schema>(
        from bytes: Span<UInt8>,
        limits: JSONLimits,
        into value: inout Value?
    ) throws(JSONError) -> [Violation] {
        try bytes.withUnsafeBufferPointer { (bytes) throws(JSONError) in
            var reader = try JSONReader(bytes, limits: limits)
            value = try JSONSlot<Value>.read(&reader)
            try reader.finish()
            return reader.violations
        }
    }

    /// Reads a value from a JSON text.
    ///
    /// - Throws: `JSONError` where the text is no JSON, `ValidationError` with all that is wrong where it is.
    @inlinable
    public static func decode<Value: Schema>(
        _ type: Value.Type = Value.self,
        from text: String,
        limits: JSONLimits = JSONLimits()
    ) throws -> Value {
        var text = text
        return try text.withUTF8 { try self.decoded(type, $0.span, limits) }
    }

    /// Writes a value as a JSON text.
    ///
    /// - Throws: `JSONEncodingError` where it has something in it that JSON has no text for.
    @inlinable
    public static func encode<Value: Schema>(_ value: Value) throws(JSONEncodingError) -> [UInt8] {
        var writer = JSONWriter()
        value.write(json: &writer)
        return try writer.withBytes { [UInt8]($0) }
    }

    /// Writes a value as a JSON text.
    ///
    /// - Throws: `JSONEncodingError` where it has something in it that JSON has no text for.
    @inlinable
    public static func text<Value: Schema>(_ value: Value) throws(JSONEncodingError) -> String {
        var writer = JSONWriter()
        value.write(json: &writer)
        return try writer.withBytes { String(decoding: $0, as: UTF8.self) }
    }
}

// MARK: - As a type of its own

extension JSON: Schema {
    /// Reads any value.
    public init?(json reader: inout JSONReader) throws(JSONError) {
        switch reader.byte {
        case UInt8(ascii: "{"):
            guard let object = try JSONObject(json: &reader) else { return nil }
            self = .object(object)
        case UInt8(ascii: "["):
            guard let array = try [JSON](json: &reader) else { return nil }
            self = .array(array)
        case UInt8(ascii: "\""):
            self = .string(try reader.takeString())
        case UInt8(ascii: "t"), UInt8(ascii: "f"):
            guard let value = try reader.readBool() else { return nil }
            self = .bool(value)
        case UInt8(ascii: "n"):
            _ = try reader.readNull()
            self = .null
        default:
            guard let text = try reader.readNumberText() else { return nil }
            self = .number(text)
        }
    }

    /// Writes the value.
    public func write(json writer: inout JSONWriter) {
        switch self {
        case .null: writer.writeNull()
        case .bool(let value): writer.write(value)
        case .number(let text): writer.write(number: text)
        case .string(let text): writer.write(text)
        case .array(let values): writer.array(values)
        case .object(let object): object.write(json: &writer)
        }
    }

    /// Any value.
    public static func describe(in definitions: inout Definitions) -> JSONSchema { JSONSchema() }
}
