// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A field's value with parameters: `form-data; name="a"; filename="b"` (RFC 9110, section 5.6.6).
///
/// Inside quotes a backslash escapes a quote and itself and else stands for itself, since browsers write file names
/// such as `C:\notes.txt` as they are.
struct ParameterizedValue {
    /// What stands before the parameters, in lower case.
    let value: String
    private var parameters: [String: String] = [:]

    /// Reads a value; `nil` where it does not follow the grammar or has a parameter twice.
    init?(_ text: String) {
        var rest = text.utf8[...]
        self.value = Self.takeUnquoted(&rest).lowercased()
        while let separator = rest.popFirst() {
            guard separator == UInt8(ascii: ";") else { return nil }
            Self.skipSpaces(&rest)
            // An empty parameter, or a semicolon at the end.
            if rest.isEmpty || rest.first == UInt8(ascii: ";") { continue }
            guard let (name, value) = Self.takeParameter(&rest) else { return nil }
            guard self.parameters.updateValue(value, forKey: name) == nil else { return nil }
            Self.skipSpaces(&rest)
        }
    }

    /// The value of a parameter, by its name in lower case.
    subscript(name: String) -> String? { self.parameters[name] }

    private static func takeParameter(_ rest: inout Substring.UTF8View) -> (name: String, value: String)? {
        let name = rest.prefix(while: FieldLine.isTokenByte)
        rest = rest.dropFirst(name.count)
        guard !name.isEmpty, rest.popFirst() == UInt8(ascii: "=") else { return nil }
        guard let value = rest.first == UInt8(ascii: "\"") ? takeQuoted(&rest) : takeUnquoted(&rest) else { return nil }
        return (Substring(name).lowercased(), value)
    }

    private static func takeQuoted(_ rest: inout Substring.UTF8View) -> String? {
        rest.removeFirst()
        var text: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), let next = rest.first,
                next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\")
            {
                rest.removeFirst()
                text.append(next)
            } else {
                text.append(byte)
            }
        }
        return nil
    }

    /// Takes bytes to the next semicolon, without the spaces around them; a quote has no place in them.
    private static func takeUnquoted(_ rest: inout Substring.UTF8View) -> String {
        let value = rest.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "\"") }
        rest = rest.dropFirst(value.count)
        return String(Substring(value).trimmingSpaces())
    }

    private static func skipSpaces(_ rest: inout Substring.UTF8View) {
        rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
    }
}
