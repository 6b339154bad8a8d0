// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemSchema

/// Values as SQLite reads them out of a JSON array; there is none of bytes, of fractions, nor of what is refused.
struct JSONList {
    let text: String

    init?(_ values: [SQLValue]) {
        var elements: [JSON] = []
        elements.reserveCapacity(values.count)
        for value in values {
            switch value {
            case .null: elements.append(.null)
            case .boolean(let value): elements.append(.number(value ? "1" : "0"))
            case .integer(let value): elements.append(.number(String(value)))
            case .text(let value): elements.append(.string(value))
            case .uuid(let value): elements.append(.string(value.uuidString.lowercased()))
            case .decimal(let value): elements.append(.string(value.description))
            case .timestamp(let value):
                var text = TimestampText.blank
                guard TimestampText.write(value, to: &text) else { return nil }
                elements.append(.string(String(decoding: text, as: UTF8.self)))
            case .double, .bytes, .json, .invalid: return nil
            }
        }
        guard let text = try? JSON.text(JSON.array(elements)) else { return nil }
        self.text = text
    }
}

/// Values as PostgreSQL reads them out of an array's text; there is none of bytes, nor of what is refused.
struct ArrayText {
    let text: String

    init?(_ values: [SQLValue]) {
        var text = "{"
        for value in values {
            if text.utf8.count > 1 { text += "," }
            switch value {
            case .null: text += "NULL"
            case .boolean(let value): text += value ? "t" : "f"
            case .integer(let value): text += String(value)
            case .double(let value): text += "\"\(value)\""
            case .text(let value), .json(let value): text += Self.quoted(value)
            case .uuid(let value): text += value.uuidString
            case .decimal(let value): text += "\"\(value)\""
            case .timestamp(let value): text += "\"\(value.text)\""
            case .bytes, .invalid: return nil
            }
        }
        self.text = text + "}"
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text.unicodeScalars {
            if character == "\"" || character == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }
}
