// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Foundation's coders, made once, with their defaults.
struct FoundationCodec: Codec {
    private let decoder = JSONDecoder()
    private let encoder = JSONEncoder()

    func text(_ bytes: [UInt8]) -> Data { Data(bytes) }

    func decode<Value: Document>(_ type: Value.Type, from text: Data) throws -> Value {
        try self.decoder.decode(type, from: text)
    }

    func encode<Value: Document>(_ value: Value) throws -> Data {
        try self.encoder.encode(value)
    }
}
