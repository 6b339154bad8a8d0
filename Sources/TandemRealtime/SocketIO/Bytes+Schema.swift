// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// Bytes as an argument of an event, or anywhere in one: Socket.IO sends them as they are, beside the text.
///
/// ```swift
/// socket.on("upload") { (name: String, file: Bytes) in file.count }
/// ```
/// In JSON elsewhere they are a string in base64.
extension Bytes: Schema {
    /// Reads bytes that stand beside the text, or base64.
    public init?(json reader: inout JSONReader) throws(JSONError) {
        guard let value = try JSON(json: &reader) else { return nil }
        switch value {
        case .string(let text):
            if let bytes = Bytes(base64: text) {
                self = bytes
                return
            }
        case .object(let object):
            if let bytes = Self.attachment(object, of: reader.attachments) {
                self = bytes
                return
            }
        default: break
        }
        reader.note(Violation("type", expected: "bytes"))
        return nil
    }

    private static func attachment(_ placeholder: JSONObject, of attachments: [any Sendable]) -> Bytes? {
        guard placeholder["_placeholder"] == .bool(true), case .number(let digits)? = placeholder["num"],
            let number = Int(digits), attachments.indices.contains(number)
        else { return nil }
        return attachments[number] as? Bytes
    }

    /// Puts the bytes beside the text where there is such a place, and writes base64 elsewhere.
    public func write(json writer: inout JSONWriter) {
        guard let count = writer.attachments?.count else { return writer.write(self.base64) }
        writer.attachments?.append(self)
        writer.write(raw: #"{"_placeholder":true,"num":"#)
        writer.write(number: count.description)
        writer.write(raw: "}")
    }

    /// `string` with the content encoding `base64`.
    public static func describe(in definitions: inout Definitions) -> JSONSchema {
        JSONSchema(["type": "string", "contentEncoding": "base64"])
    }
}
