// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// A value of its own memory, for a type that has one of itself in it: a tweet that repeats another.
///
/// In JSON it is the value.
indirect enum Indirect<Value: Document>: Equatable {
    case value(Value)

    var value: Value {
        switch self {
        case .value(let value): value
        }
    }
}

extension Indirect: Codable {
    init(from decoder: any Decoder) throws {
        self = .value(try Value(from: decoder))
    }

    func encode(to encoder: any Encoder) throws {
        try self.value.encode(to: encoder)
    }
}

extension Indirect: Schema {
    init?(json reader: inout JSONReader) throws(JSONError) {
        guard let value = try Value(json: &reader) else { return nil }
        self = .value(value)
    }

    func write(json writer: inout JSONWriter) {
        self.value.write(json: &writer)
    }

    static func describe(in definitions: inout Definitions) -> JSONSchema {
        Value.describe(in: &definitions)
    }
}
