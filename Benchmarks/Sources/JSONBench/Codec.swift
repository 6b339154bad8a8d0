// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Reads documents from bytes and writes them to bytes.
protocol Codec {
    /// The bytes of a document, as this codec takes and gives them.
    associatedtype Text: Collection<UInt8>

    init()
    func text(_ bytes: [UInt8]) -> Text
    func decode<Value: Document>(_ type: Value.Type, from text: Text) throws -> Value
    func encode<Value: Document>(_ value: Value) throws -> Text
}
