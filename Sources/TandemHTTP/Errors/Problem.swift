// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// Errors as problem documents, `application/problem+json` (RFC 9457).
extension HTTPError {
    /// The answer to the request that failed.
    public var response: Response {
        var headers = Headers.problem
        for (name, value) in self.headers { headers.add(name, value) }
        return Response(status: self.status, headers: headers, body: .bytes(self.document))
    }

    /// The problem document.
    package var document: Bytes {
        var json = ByteBuffer()
        json.reserveCapacity(160)
        json.writeStaticString("{\"type\":\"about:blank\",\"title\":")
        json.writeJSON(self.status.phrase)
        json.writeStaticString(",\"status\":")
        json.writeString(String(self.status.code))
        json.writeStaticString(",\"code\":")
        json.writeJSON(self.code.rawValue)
        if let detail = self.detail {
            json.writeStaticString(",\"detail\":")
            json.writeJSON(detail)
        }
        for member in self.members {
            json.writeStaticString(",")
            json.writeJSON(member.name)
            json.writeStaticString(":")
            json.writeImmutableBuffer(member.json.buffer)
        }
        json.writeStaticString("}")
        return Bytes(json)
    }
}

extension ByteBuffer {
    /// Writes a JSON string (RFC 8259, section 7).
    package mutating func writeJSON(_ text: String) {
        let hex = Array("0123456789abcdef".utf8)
        self.writeInteger(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                self.writeInteger(UInt8(ascii: "\\"))
                self.writeInteger(byte)
            case 0..<0x20:
                self.writeStaticString("\\u00")
                self.writeInteger(hex[Int(byte >> 4)])
                self.writeInteger(hex[Int(byte & 15)])
            default:
                self.writeInteger(byte)
            }
        }
        self.writeInteger(UInt8(ascii: "\""))
    }
}
