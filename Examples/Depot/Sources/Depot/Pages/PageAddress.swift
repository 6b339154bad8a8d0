// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The addresses of the pages for people.
enum PageAddress {
    static let home = "/"
    static let catalogue = "/catalogue"

    /// The page of a package.
    static func package(_ name: String) -> String { "\(self.catalogue)/\(Self.encoded(name))" }

    /// The packages of a section.
    static func section(_ name: String) -> String { self.catalogue(["section": name]) }

    /// What a search finds; fields without a value are left out.
    static func catalogue(_ fields: KeyValuePairs<String, String>) -> String {
        let pairs = fields.filter { !$0.value.isEmpty }.map { "\($0.key)=\(Self.encoded($0.value))" }
        return pairs.isEmpty ? self.catalogue : "\(self.catalogue)?\(pairs.joined(separator: "&"))"
    }

    /// A text as a part of a path or a query.
    private static func encoded(_ text: String) -> String {
        text.utf8.reduce(into: "") { encoded, byte in
            if byte.isDigit || byte.isLetter || "-._~".utf8.contains(byte) {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
    }
}
