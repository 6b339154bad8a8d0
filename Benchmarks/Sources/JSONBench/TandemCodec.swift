// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// The code that `@Schema` writes.
struct TandemCodec: Codec {
    func text(_ bytes: [UInt8]) -> [UInt8] { bytes }

    func decode<Value: Document>(_ type: Value.Type, from text: [UInt8]) throws -> Value {
        try text.withUnsafeBytes { try JSON.decode(type, from: $0) }
    }

    func encode<Value: Document>(_ value: Value) throws -> [UInt8] {
        try JSON.encode(value)
    }
}
