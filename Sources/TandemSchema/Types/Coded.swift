// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// A value of a `Codable` type that is no `Schema`, read and written by its `Codable` conformance.
///
/// It works, more slowly, and nobody can say what the JSON looks like; what is wrong with a value is found one thing at
/// a time. Dates are RFC 3339 and data is base64, as everywhere.
/// ```swift
/// @Schema struct Report {
///     var title: String
///     var legacy: Coded<LegacyReport>
/// }
/// ```
@dynamicMemberLookup
public struct Coded<Value: Codable & Sendable>: Schema {
    /// The value.
    public var value: Value

    /// A value.
    public init(_ value: Value) {
        self.value = value
    }

    /// A property of the value.
    public subscript<Property>(dynamicMember property: KeyPath<Value, Property>) -> Property {
        self.value[keyPath: property]
    }

    /// Reads a value as its type's `init(from:)` does.
    public init?(json reader: inout JSONReader) throws(JSONError) {
        let text = try reader.takeText()
        do {
            self.value = try JSONDecoder.plain.decode(Value.self, from: Data(text.utf8))
        } catch let error as DecodingError {
            reader.note(Violation(error))
            return nil
        } catch {
            reader.note(Violation("format", expected: "valid"))
            return nil
        }
    }

    /// Writes the value as its type's `encode(to:)` does; where it fails, so does the encoding.
    public func write(json writer: inout JSONWriter) {
        do {
            writer.write(raw: String(decoding: try JSONEncoder.plain.encode(self.value), as: UTF8.self))
        } catch {
            writer.fail("a \(Value.self) (\(error))")
        }
    }

    /// Any value.
    public static func describe(in definitions: inout Definitions) -> JSONSchema { JSONSchema() }
}

extension Coded: Equatable where Value: Equatable {}
extension Coded: Hashable where Value: Hashable {}

extension JSONDecoder {
    fileprivate static var plain: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            guard let date = Date(text: try container.decode(String.self)) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: Date.expected)
            }
            return date
        }
        return decoder
    }
}

extension JSONEncoder {
    fileprivate static var plain: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.text)
        }
        return encoder
    }
}

extension Violation {
    /// What a decoder found, at its place.
    fileprivate init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init("required", expected: "there", pointer: Self.pointer(to: context.codingPath + [key]))
        case .typeMismatch(let type, let context):
            self.init("type", expected: Self.name(of: type), pointer: Self.pointer(to: context.codingPath))
        case .valueNotFound(let type, let context):
            let pointer = Self.pointer(to: context.codingPath)
            self.init("type", expected: Self.name(of: type), actual: "null", pointer: pointer)
        case .dataCorrupted(let context):
            let text = context.debugDescription
            let expected = text == Date.expected ? text : "valid: \(text.shortened)"
            self.init("format", expected: expected, pointer: Self.pointer(to: context.codingPath))
        @unknown default:
            self.init("format", expected: "valid")
        }
    }

    private static func pointer(to path: [any CodingKey]) -> String {
        path.map { self.pointer(to: $0.intValue.map(String.init) ?? $0.stringValue) }.joined()
    }

    private static func name(of type: Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Bool.Type: "true or false"
        case is any BinaryInteger.Type: "an integer"
        case is any BinaryFloatingPoint.Type: "a number"
        case is [Any].Type: "an array"
        case is [String: Any].Type: "an object"
        default: "a \(type)"
        }
    }
}
