// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

extension Scalar {
    /// Reads a string that must hold a value of this type.
    init?(quoted reader: inout JSONReader) throws(JSONError) {
        guard let text = try reader.readString(expected: Self.expected) else { return nil }
        guard let value = Self(text: text) else {
            reader.note(Violation("format", expected: Self.expected, actual: text.debugDescription.shortened))
            return nil
        }
        self = value
    }
}

extension String {
    /// The first characters, for a message.
    var shortened: String { self.count > 64 ? self.prefix(63) + "…" : self }
}

extension UUID: Scalar {
    /// A UUID.
    public static var expected: String { "a UUID" }

    /// Reads a UUID (RFC 9562, section 4) from a string.
    public init?(json reader: inout JSONReader) throws(JSONError) { try self.init(quoted: &reader) }

    /// Writes the UUID in lower case.
    public func write(json writer: inout JSONWriter) { writer.write(self.text) }

    /// `string` with the format `uuid`.
    public static func describe(in definitions: inout Definitions) -> JSONSchema {
        StringFormat.uuid.schema
    }

    /// Reads 36 characters, hex digits and four hyphens.
    public init?(text: String) { self.init(uuidString: text) }

    /// 36 characters, in lower case.
    public var text: String { self.uuidString.lowercased() }
}

extension Date: Scalar {
    /// A date and time, and how it is written.
    public static var expected: String { "a date and time such as 2026-11-24T09:30:00Z" }

    /// Reads a date and time (RFC 3339, section 5.6) from a string.
    public init?(json reader: inout JSONReader) throws(JSONError) {
        try self.init(quoted: &reader)
    }

    /// Writes the date and time in UTC, to the microsecond.
    public func write(json writer: inout JSONWriter) { writer.write(self.text) }

    /// `string` with the format `date-time`.
    public static func describe(in definitions: inout Definitions) -> JSONSchema {
        StringFormat.dateTime.schema
    }

    /// Reads a date and time with its zone (RFC 3339, section 5.6).
    public init?(text: String) {
        guard let time = InternetTime(text) else { return nil }
        self.init(timeIntervalSince1970: Double(time.seconds) + Double(time.microseconds) / 1e6)
    }

    /// The date and time in UTC: `2026-11-24T09:30:00Z`, with as many digits of a second as it has, up to six.
    public var text: String { InternetTime(self.timeIntervalSince1970).text }
}

extension Data: Scalar {
    /// Base64.
    public static var expected: String { "base64" }

    /// Reads base64 (RFC 4648, section 4) from a string.
    public init?(json reader: inout JSONReader) throws(JSONError) { try self.init(quoted: &reader) }

    /// Writes base64.
    public func write(json writer: inout JSONWriter) { writer.write(self.text) }

    /// `string` with the content encoding `base64`.
    public static func describe(in definitions: inout Definitions) -> JSONSchema {
        JSONSchema(["type": "string", "contentEncoding": "base64"])
    }

    /// Reads base64, with its padding.
    public init?(text: String) { self.init(base64Encoded: text) }

    /// Base64, with its padding.
    public var text: String { self.base64EncodedString() }
}

extension Decimal: Scalar {
    /// A number.
    public static var expected: String { "a number of at most 38 digits" }

    /// Reads a number with all its digits.
    public init?(json reader: inout JSONReader) throws(JSONError) {
        guard let text = try reader.readNumberText() else { return nil }
        guard let value = Self(text: text) else {
            reader.note(Violation("range", expected: Self.expected, actual: text.shortened))
            return nil
        }
        self = value
    }

    /// Writes the number with all its digits.
    public func write(json writer: inout JSONWriter) { writer.write(number: self.text) }

    /// `number`.
    public static func describe(in definitions: inout Definitions) -> JSONSchema { JSONSchema(type: "number") }

    /// Reads a number, as JSON has it.
    public init?(text: String) {
        guard JSONReader.isNumber(text), let value = Decimal(string: text), !value.isNaN else { return nil }
        self = value
    }

    /// The number with all its digits.
    public var text: String { self.description }
}

extension URL: Scalar {
    /// An absolute URL.
    public static var expected: String { "an absolute URL" }

    /// Reads an absolute URL (RFC 3986) from a string.
    public init?(json reader: inout JSONReader) throws(JSONError) {
        try self.init(quoted: &reader)
    }

    /// Writes the URL.
    public func write(json writer: inout JSONWriter) { writer.write(self.text) }

    /// `string` with the format `uri`.
    public static func describe(in definitions: inout Definitions) -> JSONSchema {
        JSONSchema(type: "string", format: "uri")
    }

    /// Reads an absolute URL.
    public init?(text: String) {
        guard let url = URL(string: text, encodingInvalidCharacters: false), url.scheme != nil else { return nil }
        self = url
    }

    /// The URL as it was written.
    public var text: String { self.absoluteString }
}
