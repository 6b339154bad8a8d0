// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Double: Scalar {
    /// A number.
    public static var expected: String { "a number" }

    /// Reads a number, rounded to the nearest double.
    public init?(json reader: inout JSONReader) throws(JSONError) {
        guard let value = try reader.readDouble() else { return nil }
        self = value
    }

    /// Writes the number; one that is infinite or no number has the encoding fail.
    public func write(json writer: inout JSONWriter) { writer.write(self) }

    /// `number`.
    public static func describe(in definitions: inout Definitions) -> JSONSchema {
        JSONSchema(type: "number", format: "double")
    }

    /// Reads a finite number, as JSON has it.
    public init?(text: String) {
        guard JSONReader.isNumber(text), let value = Double(text), value.isFinite else { return nil }
        self = value
    }

    /// The fewest digits that read back as the same number.
    public var text: String { self.description }
}

extension Float: Scalar {
    /// A number.
    public static var expected: String { "a number" }

    /// Reads a number, rounded to the nearest float.
    public init?(json reader: inout JSONReader) throws(JSONError) {
        guard let value = try reader.readDouble() else { return nil }
        self = Float(value)
    }

    /// Writes the number; one that is infinite or no number has the encoding fail.
    public func write(json writer: inout JSONWriter) { writer.write(self) }

    /// `number`.
    public static func describe(in definitions: inout Definitions) -> JSONSchema {
        JSONSchema(type: "number", format: "float")
    }

    /// Reads a finite number, as JSON has it.
    public init?(text: String) {
        guard JSONReader.isNumber(text), let value = Float(text), value.isFinite else { return nil }
        self = value
    }

    /// The fewest digits that read back as the same number.
    public var text: String { self.description }
}
