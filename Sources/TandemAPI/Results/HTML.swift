// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// A page of HTML, or a part of one: 200, `text/html; charset=utf-8`.
///
/// Text that is put into a literal is escaped; what is HTML already stays as it is.
/// ```swift
/// @GET("hello/{name}") func hello(name: String) -> HTML { "<p>Hello, \(name)!</p>" }
/// ```
/// An escaped text is safe between tags and in a quoted attribute, but not as a script, a style, or a whole URL.
public struct HTML: EndpointResult, Hashable, ExpressibleByStringInterpolation {
    /// The HTML.
    public let text: String

    /// Text that is HTML already and is not escaped: never one that has in it what a client sent.
    public init(unescaped text: String) {
        self.text = text
    }

    /// The HTML of a literal.
    public init(stringLiteral text: String) {
        self.init(unescaped: text)
    }

    /// The HTML of a literal with values in it.
    public init(stringInterpolation parts: StringInterpolation) {
        self.init(unescaped: parts.text)
    }

    /// 200 with the page.
    public func response(to call: Call) -> Response {
        Response(Bytes(self.text), contentType: "text/html; charset=utf-8")
    }

    /// A page.
    public static func describe(in definitions: inout Definitions) -> ResultDescription {
        ResultDescription(.ok, contentType: "text/html", schema: JSONSchema(type: "string"))
    }
}

extension HTML {
    /// A literal as it is put together.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        /// Nothing yet.
        public init(literalCapacity: Int, interpolationCount: Int) {
            self.text.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        /// Adds what the program says.
        public mutating func appendLiteral(_ literal: String) {
            self.text += literal
        }

        /// Adds a value's text, escaped.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            self.text += HTML.escaped(value.description)
        }

        /// Adds HTML as it is.
        public mutating func appendInterpolation(_ html: HTML) {
            self.text += html.text
        }
    }

    /// A text as HTML that shows it: safe between tags and in quoted attributes.
    ///
    /// It goes byte by byte: a quote and an accent behind it are one `Character`, and still a quote to a browser.
    package static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { self.entity(of: $0) != nil }) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            if let entity = self.entity(of: byte) { bytes += entity.utf8 } else { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func entity(of byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
