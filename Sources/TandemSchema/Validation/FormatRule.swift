// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What kind of thing a string names.
public struct FormatRule: Rule {
    private let format: StringFormat

    /// A rule of a format.
    public init(_ format: StringFormat) {
        self.format = format
    }

    /// Says what was expected, where the string is not of the format.
    public func violation(of value: String) -> Violation? {
        self.format.matches(value)
            ? nil : Violation("format", expected: self.format.expected, actual: value.debugDescription.shortened)
    }

    /// `format`, and the lengths that such texts have, for those to whom a format says nothing.
    public func describe(in schema: inout JSONSchema) {
        for (name, value) in self.format.schema.keywords where name != "type" && schema[name] == nil {
            schema[name] = value
        }
    }
}

/// A format of JSON Schema (section 7.3 of its validation vocabulary).
public enum StringFormat: String, Sendable, CaseIterable {
    /// An address of mail: a dot-atom, `@`, and a name of a host (RFC 5321, section 4.1.2), without quotes.
    case email
    /// An absolute URI (RFC 3986).
    case uri
    /// A UUID (RFC 9562, section 4).
    case uuid
    /// The name of a host (RFC 1123, section 2.1).
    case hostname
    /// An IPv4 address of four numbers (RFC 2673, section 3.2).
    case ipv4
    /// An IPv6 address (RFC 4291, section 2.2).
    case ipv6
    /// A date (RFC 3339, section 5.6): `2026-11-24`.
    case date
    /// A time with its zone (RFC 3339, section 5.6): `09:30:00Z`.
    case time
    /// A date and a time with its zone (RFC 3339, section 5.6).
    case dateTime = "date-time"

    var expected: String {
        switch self {
        case .email: "an email address"
        case .uri: "an absolute URI"
        case .uuid: "a UUID"
        case .hostname: "the name of a host"
        case .ipv4: "an IPv4 address"
        case .ipv6: "an IPv6 address"
        case .date: "a date such as 2026-11-24"
        case .time: "a time such as 09:30:00Z"
        case .dateTime: "a date and time such as 2026-11-24T09:30:00Z"
        }
    }

    /// How many characters such texts have; `nil` for as many as one likes.
    private var length: (least: Int, most: Int?) {
        switch self {
        case .email: (3, 254)
        case .uri: (3, nil)
        case .uuid: (36, 36)
        case .hostname: (1, 253)
        case .ipv4: (7, 15)
        case .ipv6: (2, 45)
        case .date: (10, 10)
        case .time: (9, nil)
        case .dateTime: (20, nil)
        }
    }

    /// Strings of the format.
    var schema: JSONSchema {
        var schema = JSONSchema(type: "string", format: self.rawValue)
        schema["minLength"] = .number(self.length.least.description)
        if let most = self.length.most { schema["maxLength"] = .number(most.description) }
        return schema
    }

    /// Whether a whole text is of the format.
    public func matches(_ text: String) -> Bool {
        switch self {
        case .email: text.withBytes(Self.isEmail)
        case .uri: Self.isURI(text)
        case .uuid: Self.isUUID(text)
        case .hostname: text.withBytes(Self.isHostname)
        case .ipv4: Self.isIPv4(text[...])
        case .ipv6: Self.isIPv6(text)
        case .date: text.utf8.count == 10 && InternetTime(text + "T00:00:00Z") != nil
        case .time: InternetTime("2000-01-01T" + text) != nil
        case .dateTime: InternetTime(text) != nil
        }
    }
}

extension StringFormat {
    private static func isEmail(_ text: Span<UInt8>) -> Bool {
        guard text.count <= 254, let at = text.indices.last(where: { text[$0] == UInt8(ascii: "@") }) else {
            return false
        }
        return at <= 64 && self.isDotted(text.extracting(..<at), by: self.isAtomByte)
            && self.isHostname(text.extracting((at + 1)...))
    }

    /// Whether dots stand between runs of such bytes, none of them empty.
    private static func isDotted(_ text: Span<UInt8>, by isPart: (UInt8) -> Bool) -> Bool {
        var isAfterDot = true
        for index in text.indices {
            let isDot = text[index] == UInt8(ascii: ".")
            guard isDot ? !isAfterDot : isPart(text[index]) else { return false }
            isAfterDot = isDot
        }
        return !isAfterDot
    }

    private static func isAtomByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "?"),
            UInt8(ascii: "^")...UInt8(ascii: "`"),
            UInt8(ascii: "{")...UInt8(ascii: "~"):
            true
        default: self.isAlphanumeric(byte)
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
    }

    /// Labels of 1 to 63 letters, digits and hyphens, with none at their ends, and dots between them.
    private static func isHostname(_ text: Span<UInt8>) -> Bool {
        guard text.count <= 253 else { return false }
        var previous = UInt8(ascii: ".")
        var length = 0
        for index in text.indices {
            let byte = text[index]
            if byte == UInt8(ascii: ".") {
                if length == 0 || previous == UInt8(ascii: "-") { return false }
                length = 0
            } else {
                let isInner = byte == UInt8(ascii: "-") && length > 0
                guard isInner || self.isAlphanumeric(byte), length < 63 else { return false }
                length += 1
            }
            previous = byte
        }
        return length > 0 && previous != UInt8(ascii: "-")
    }

    /// `scheme:` and bytes that may stand in a URI, every `%` with its two hex digits.
    private static func isURI(_ text: String) -> Bool {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
        let scheme = text.utf8[..<colon]
        guard let first = scheme.first, (first | 0x20) &- 0x61 < 26,
            scheme.allSatisfy({ Self.isAlphanumeric($0) || "+-.".utf8.contains($0) })
        else { return false }
        let rest = Array(text.utf8[text.utf8.index(after: colon)...])
        return !rest.isEmpty
            && rest.indices.allSatisfy { index in
                guard rest[index] == UInt8(ascii: "%") else { return Self.isURIByte(rest[index]) }
                return index + 2 < rest.count && Self.isHexDigit(rest[index + 1]) && Self.isHexDigit(rest[index + 2])
            }
    }

    private static func isURIByte(_ byte: UInt8) -> Bool {
        Self.isAlphanumeric(byte) || "-._~:/?#[]@!$&'()*+,;=".utf8.contains(byte)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6
    }

    private static func isUUID(_ text: String) -> Bool {
        text.utf8.count == 36
            && text.utf8.enumerated().allSatisfy { index, byte in
                [8, 13, 18, 23].contains(index) ? byte == UInt8(ascii: "-") : Self.isHexDigit(byte)
            }
    }

    private static func isIPv4(_ text: Substring) -> Bool {
        let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4
            && numbers.allSatisfy { number in
                (1...3).contains(number.utf8.count) && number.utf8.allSatisfy { $0 &- 0x30 < 10 }
                    && (number.utf8.count == 1 || number.first != "0") && (Int(number) ?? 256) < 256
            }
    }

    private static func isIPv6(_ text: String) -> Bool {
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2 else { return false }
        var groups = 0
        for (index, half) in halves.enumerated() where !half.isEmpty {
            let parts = half.split(separator: ":", omittingEmptySubsequences: false)
            for (place, part) in parts.enumerated() {
                let isLast = index == halves.count - 1 && place == parts.count - 1
                if isLast, part.contains("."), Self.isIPv4(part) {
                    groups += 2
                } else {
                    guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(Self.isHexDigit) else { return false }
                    groups += 1
                }
            }
        }
        return halves.count == 2 ? groups < 8 : groups == 8
    }
}
