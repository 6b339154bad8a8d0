// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemSchema

extension MessagePackValue {
    /// A value of JSON, with the bytes that its placeholders are for.
    init(_ json: JSON, _ attachments: [Bytes] = []) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let digits): self = Self.number(digits)
        case .string(let text): self = .string(text)
        case .array(let values): self = .array(values.map { MessagePackValue($0, attachments) })
        case .object(let object):
            if object["_placeholder"] == .bool(true), case .number(let digits)? = object["num"],
                let number = Int(digits), attachments.indices.contains(number)
            {
                self = .binary(attachments[number])
            } else {
                self = .map(object.map { Entry($0.name, MessagePackValue($0.value, attachments)) })
            }
        }
    }

    /// What a packet carries.
    init(_ payload: SocketIOPayload) {
        let json = (try? JSON.decode(JSON.self, from: payload.json)) ?? .null
        self.init(json, payload.attachments)
    }

    /// A number as JavaScript has it: whole ones are whole, however they are written.
    private static func number(_ digits: String) -> MessagePackValue {
        if let number = Int(digits) { return .integer(number) }
        guard let number = Double(digits) else { return .null }
        return Int(exactly: number).map { .integer($0) } ?? .double(number)
    }

    /// It as JSON, with placeholders of bytes, which go to `attachments`; where that is nil they are written as
    /// `JSON.stringify` writes a Buffer.
    private func json(_ attachments: inout [Bytes]?) -> JSON {
        switch self {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .integer(let number): return .number(String(number))
        case .double(let number): return number.isFinite ? .number(Self.digits(number)) : .null
        case .string(let text): return .string(text)
        case .binary(let data):
            guard let count = attachments?.count else {
                return .object(["type": .string("Buffer"), "data": .array(data.map { .number(String($0)) })])
            }
            attachments?.append(data)
            return .object(["_placeholder": .bool(true), "num": .number(String(count))])
        case .array(let values): return .array(values.map { $0.json(&attachments) })
        case .map(let entries):
            var object = JSONObject()
            for entry in entries { object.append(entry.key, entry.value.json(&attachments)) }
            return .object(object)
        }
    }

    private static func digits(_ number: Double) -> String {
        Int(exactly: number).map { String($0) } ?? String(number)
    }

    /// It as JSON, in which bytes are written as `JSON.stringify` writes a Buffer.
    var json: JSON {
        var none: [Bytes]?
        return self.json(&none)
    }

    /// It as the text of that JSON.
    var jsonText: String { (try? JSON.encode(self.json)).map { String(decoding: $0, as: UTF8.self) } ?? "null" }

    /// It as what a packet carries.
    var payload: SocketIOPayload {
        var attachments: [Bytes]? = []
        let json = self.json(&attachments)
        let text = (try? JSON.encode(json)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
        return SocketIOPayload(json: text, attachments: attachments ?? [])
    }

    /// Whether there are bytes in it.
    var hasBinary: Bool {
        switch self {
        case .binary: true
        case .array(let values): values.contains(where: \.hasBinary)
        case .map(let entries): entries.contains { $0.value.hasBinary }
        default: false
        }
    }
}
