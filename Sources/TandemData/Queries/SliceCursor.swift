// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemSchema

/// A place in an ordered list: the values that the order goes by, of the row at it.
struct SliceCursor {
    private let values: [SQLValue]

    /// The place of a row, whose next columns are the order's expressions.
    init(of order: [OrderTerm], from row: inout RowReader) throws(DatabaseError) {
        var values: [SQLValue] = []
        for term in order { values.append(try row.value(as: term.type)) }
        self.values = values
    }

    /// Reads a text that is one.
    ///
    /// - Throws: Where it is none, or one of a list in another order.
    init(_ text: String, of order: [OrderTerm]) throws(DatabaseError) {
        var base64 = text.replacing("-", with: "+").replacing("_", with: "/")
        base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        guard text.utf8.count <= Self.limit, let data = Data(base64Encoded: base64),
            let texts = try? JSON.decode([String?].self, from: String(decoding: data, as: UTF8.self)),
            texts.count == order.count
        else { throw Self.unknown }
        var values: [SQLValue] = []
        for (term, text) in zip(order, texts) {
            guard text != nil || term.isNullable, let value = SQLValue(cursorText: text, type: term.type) else {
                throw Self.unknown
            }
            values.append(value)
        }
        self.values = values
    }

    /// How many characters a place has at most.
    private static let limit = 16_384

    private static var unknown: DatabaseError {
        DatabaseError(.invalidValue, "The place in the list is none that a slice of this list has named.")
    }

    /// The text: base64 for URLs, of a list of texts.
    var text: String {
        let json = (try? JSON.text(self.values.map(\.cursorText))) ?? "[]"
        return Data(json.utf8).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Whether a row comes after the place in an order: later by the first term, or alike in it and later by the rest.
    func condition(beyond order: [OrderTerm]) -> SQL {
        if let sign = order.commonSign {
            // As a row of values, which is looked for in an index.
            let values = zip(order, self.values).map { $0.typed($1) }
            return "((" + order.map(\.expression).joined(", ") + ") " + sign + " (" + values.joined(", ") + "))"
        }
        var alike: [SQL] = []
        var ways: [SQL] = []
        for (term, value) in zip(order, self.values) {
            if let later = term.comesAfter(value) { ways.append((alike + [later]).joined(" AND ")) }
            alike.append(term.isAlike(value))
        }
        return ways.isEmpty ? "1 = 0" : SQL(text: "((") + ways.joined(") OR (") + "))"
    }
}

extension [OrderTerm] {
    /// How all terms compare with a place before them; `nil` where they differ in it.
    fileprivate var commonSign: SQL? {
        let isDescending = self.first?.isDescending ?? false
        guard self.allSatisfy({ !$0.isNullable && $0.isDescending == isDescending }) else { return nil }
        return isDescending ? "<" : ">"
    }
}

extension OrderTerm {
    fileprivate func typed(_ value: SQLValue) -> SQL { .typed(value, as: self.type) }

    fileprivate func isAlike(_ value: SQLValue) -> SQL {
        if case .null = value { return self.expression + " IS NULL" }
        return self.expression + " = " + self.typed(value)
    }

    /// Whether the expression comes after a value; `nil` where nothing does.
    fileprivate func comesAfter(_ value: SQLValue) -> SQL? {
        let isLast = self.nulls == .last
        if case .null = value { return isLast ? nil : self.expression + " IS NOT NULL" }
        let beyond = self.expression + (self.isDescending ? " < " : " > ") + self.typed(value)
        guard self.isNullable, isLast else { return beyond }
        return SQL(text: "(") + beyond + " OR " + self.expression + " IS NULL)"
    }
}

extension SQLValue {
    /// The value as a cursor has it; `nil` for NULL.
    fileprivate var cursorText: String? {
        switch self {
        case .null, .invalid: nil
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): "\(value)"
        case .double(let value): "\(value)"
        case .text(let value), .json(let value): value
        case .bytes(let value): Data(value).base64EncodedString()
        case .timestamp(let value): value.text
        case .uuid(let value): value.uuidString.lowercased()
        case .decimal(let value): value.description
        }
    }

    /// Reads what `cursorText` was; `nil` where it is no value of the type.
    fileprivate init?(cursorText text: String?, type: ColumnType) {
        guard let text else {
            self = .null
            return
        }
        let value: SQLValue? =
            switch type {
            case .boolean: Bool(text).map(SQLValue.boolean)
            case .integer: Int64(text).map(SQLValue.integer)
            case .double: Double(text).map(SQLValue.double)
            case .text: text.utf8.contains(0) ? nil : .text(text)
            case .json: .json(text)
            case .bytes: Data(base64Encoded: text).map { .bytes([UInt8]($0)) }
            case .timestamp: Date(text: text).map(SQLValue.timestamp)
            case .uuid: UUID(uuidString: text).map(SQLValue.uuid)
            case .decimal: Decimal(string: text).map(SQLValue.decimal)
            }
        guard let value else { return nil }
        self = value
    }
}
