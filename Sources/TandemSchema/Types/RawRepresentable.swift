// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// An enum of words or numbers: generated for `@Schema enum Priority: String`.
public protocol SchemaEnum: Scalar, RawRepresentable, CaseIterable where RawValue: Scalar {
    /// What the type is for, from its documentation.
    static var schemaDescription: String? { get }
}

extension SchemaEnum {
    /// Nothing is said.
    public static var schemaDescription: String? { nil }

    /// Reads one of the raw values.
    public init?(json reader: inout JSONReader) throws(JSONError) {
        guard let raw = try RawValue(json: &reader) else { return nil }
        guard let value = Self(rawValue: raw) else {
            reader.note(Violation("enum", expected: Self.expected, actual: try? JSON.text(raw)))
            return nil
        }
        self = value
    }

    /// The raw values.
    public static var expected: String {
        let texts = self.allCases.compactMap { try? JSON.text($0.rawValue) }
        guard let last = texts.last, texts.count > 1 else { return texts.last ?? "nothing" }
        return texts.dropLast().joined(separator: ", ") + " or " + last
    }

    /// Writes the raw value.
    public func write(json writer: inout JSONWriter) { self.rawValue.write(json: &writer) }

    /// The raw values that there are.
    public static func describe(in definitions: inout Definitions) -> JSONSchema {
        definitions.reference(to: Self.self) { definitions in
            var schema = JSONSchema()
            schema["type"] = RawValue.describe(in: &definitions)["type"]
            if let description = self.schemaDescription { schema["description"] = .string(description) }
            schema["enum"] = .array(self.allCases.compactMap(\.rawValue.asJSON))
            return schema
        }
    }

    /// Reads the text of a raw value.
    @inlinable
    public init?(text: String) {
        guard let raw = RawValue(text: text), let value = Self(rawValue: raw) else { return nil }
        self = value
    }

    /// The text of the raw value.
    @inlinable
    public var text: String { self.rawValue.text }
}
