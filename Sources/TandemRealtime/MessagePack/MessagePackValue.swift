// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// A value as MessagePack has them, of those that JavaScript has too.
indirect enum MessagePackValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    case double(Double)
    case string(String)
    case binary(Bytes)
    case array([MessagePackValue])
    /// An object, its properties in order.
    case map([Entry])

    struct Entry: Sendable, Hashable {
        let key: String
        let value: MessagePackValue

        init(_ key: String, _ value: MessagePackValue) {
            self.key = key
            self.value = value
        }
    }
}

extension MessagePackValue {
    /// A property of an object; nil where it is not there, or null.
    subscript(_ key: String) -> MessagePackValue? {
        guard case .map(let entries) = self, let entry = entries.last(where: { $0.key == key }), entry.value != .null
        else { return nil }
        return entry.value
    }

    /// The texts of an array; a number in it is its digits, as rooms may be numbers in JavaScript.
    var texts: [String] {
        (self.array ?? []).compactMap { value in
            switch value {
            case .string(let text): text
            case .integer(let number): String(number)
            default: nil
            }
        }
    }

    var text: String? { if case .string(let text) = self { text } else { nil } }

    var integer: Int? { if case .integer(let number) = self { number } else { nil } }

    var array: [MessagePackValue]? { if case .array(let values) = self { values } else { nil } }

    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
}

extension MessagePackValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByDictionaryLiteral {
    init(stringLiteral text: String) { self = .string(text) }

    init(integerLiteral number: Int) { self = .integer(number) }

    init(dictionaryLiteral entries: (String, MessagePackValue)...) { self = .map(entries.map { Entry($0.0, $0.1) }) }
}
