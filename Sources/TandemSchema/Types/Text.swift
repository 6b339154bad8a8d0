// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension String: Scalar {
    /// Any text.
    public static var expected: String { "a text" }

    /// Reads a string.
    public init?(json reader: inout JSONReader) throws(JSONError) {
        guard let text = try reader.readString() else { return nil }
        self = text
    }

    /// Writes the string, quoted.
    public func write(json writer: inout JSONWriter) { writer.write(self) }

    /// `string`.
    public static func describe(in definitions: inout Definitions) -> JSONSchema { JSONSchema(type: "string") }

    /// The text itself.
    public init?(text: String) { self = text }

    /// The string itself.
    public var text: String { self }
}

extension Bool: Scalar {
    /// `true` or `false`.
    public static var expected: String { "true or false" }

    /// Reads `true` or `false`.
    public init?(json reader: inout JSONReader) throws(JSONError) {
        guard let value = try reader.readBool() else { return nil }
        self = value
    }

    /// Writes `true` or `false`.
    public func write(json writer: inout JSONWriter) { writer.write(self) }

    /// `boolean`.
    public static func describe(in definitions: inout Definitions) -> JSONSchema { JSONSchema(type: "boolean") }

    /// Reads `true`, `false`, and what HTML forms send for a box that is ticked: `on`.
    public init?(text: String) {
        switch text {
        case "true", "on": self = true
        case "false", "off": self = false
        default: return nil
        }
    }

    /// `true` or `false`.
    public var text: String { self.description }
}
