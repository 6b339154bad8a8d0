// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import TandemSchema

/// A place in an ordered list of rows, as a text that clients hand back to go on from there.
///
/// It holds the values that the row at that place is ordered by, and nothing that is secret; one that was tampered with
/// is another place at most, or refused.
public struct PageCursor: Hashable, Scalar {
    /// The values in their texts, `nil` where there is none.
    let values: [String?]

    init(values: [String?]) {
        self.values = values
    }

    /// A cursor.
    public static var expected: String { "a cursor of this list" }

    /// Reads a cursor from a string.
    public init?(json reader: inout JSONReader) throws(JSONError) {
        guard let text = try String(json: &reader) else { return nil }
        guard let cursor = PageCursor(text: text) else {
            reader.note(Violation("format", expected: Self.expected))
            return nil
        }
        self = cursor
    }

    /// Writes the cursor.
    public func write(json writer: inout JSONWriter) { writer.write(self.text) }

    /// `string`.
    public static func describe(in definitions: inout Definitions) -> JSONSchema { JSONSchema(type: "string") }

    /// Reads a cursor of at most 8,192 characters.
    public init?(text: String) {
        guard text.utf8.count <= 8_192 else { return nil }
        var base64 = text.replacing("-", with: "+").replacing("_", with: "/")
        while base64.utf8.count % 4 != 0 { base64 += "=" }
        guard let data = Data(base64Encoded: base64),
            let values = try? JSON.decode([String?].self, from: String(decoding: data, as: UTF8.self))
        else { return nil }
        self.values = values
    }

    /// In letters that stand in a URL as they are.
    public var text: String {
        let json = (try? JSON.text(self.values)) ?? "[]"
        return Data(json.utf8).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

extension SQLValue {
    /// A value in its text in a cursor; there is none of bytes and JSON.
    init?(cursor text: String, _ type: ColumnType) {
        let value: SQLValue? =
            switch type {
            case .boolean: Bool(text).map { .boolean($0) }
            case .integer: Int64(text).map { .integer($0) }
            case .double: Double(text).map { .double($0) }
            case .text: text.utf8.contains(0) ? nil : .text(text)
            case .timestamp: Date(text: text).map { .timestamp($0) }
            case .uuid: UUID(uuidString: text).map { .uuid($0) }
            case .decimal: Decimal(text: text).map { .decimal($0) }
            case .bytes, .json: nil
            }
        guard let value else { return nil }
        self = value
    }
}

extension RowReader {
    /// The text of the next column in a cursor, `nil` where it holds NULL.
    mutating func cursorText(_ type: ColumnType) throws(DatabaseError) -> String? {
        if self.takeNull() { return nil }
        return switch type {
        case .boolean: String(try self.boolean())
        case .integer: String(try self.integer())
        case .double: String(try self.double())
        case .text: try self.text()
        case .timestamp: try self.timestamp().text
        case .uuid: try self.uuid().uuidString
        case .decimal: try self.decimal().text
        case .bytes, .json:
            throw DatabaseError(.invalidStatement, "Pages by cursor cannot be ordered by bytes or JSON.")
        }
    }
}
