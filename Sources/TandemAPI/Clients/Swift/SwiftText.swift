// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// Swift's small parts: names, literals, documentation.
enum SwiftText {
    /// Names that backquotes do not help.
    private static let reserved: Set<String> = ["init", "self", "type", "protocol", "encode", "hash"]

    /// The name of a member, not quoted.
    static func member(_ name: String) -> String {
        let camel = Identifier(name).camel
        return self.reserved.contains(camel.lowercased()) ? camel + "_" : camel
    }

    /// A name as it stands in code.
    static func quoted(_ name: String) -> String { name.swiftIdentifier }

    /// A string.
    static func literal(_ text: String) -> String {
        "\""
            + text.unicodeScalars.map { scalar in
                switch scalar {
                case "\\": "\\\\"
                case "\"": "\\\""
                case _
                where scalar.value < 32 || scalar.value == 127
                    || scalar.properties.isPatternWhitespace && scalar != " ":
                    "\\u{\(String(scalar.value, radix: 16))}"
                default: String(scalar)
                }
            }.joined() + "\""
    }

    /// A documentation comment; nothing where there is nothing to say.
    static func documentation(_ text: String?, indent: String) -> String {
        guard let text, !text.isEmpty else { return "" }
        return text.split(omittingEmptySubsequences: false) { $0.isNewline || $0 == "\0" || $0 == "\u{B}" }
            .map { $0.isEmpty ? "\(indent)///\n" : "\(indent)/// \($0)\n" }.joined()
    }
}
