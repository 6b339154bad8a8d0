// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What a part of a form says of itself (RFC 7578, section 4).
package struct MultipartHead: Sendable, Equatable {
    package let name: String
    package let filename: String?
    package let headers: Headers

    init(_ headers: Headers) throws(HTTPError) {
        let dispositions = headers.all("content-disposition")
        guard dispositions.count == 1, let disposition = ParameterizedValue(dispositions[0]) else {
            throw .malformedForm("A part needs one well-formed Content-Disposition field.")
        }
        guard disposition.value == "form-data", let name = disposition["name"] else {
            throw .malformedForm("The Content-Disposition field of a part must be form-data with a name.")
        }
        if let coding = headers["content-transfer-encoding"]?.lowercased(),
            coding != "binary", coding != "8bit", coding != "7bit"
        {
            throw .malformedForm("A part has a Content-Transfer-Encoding; send its bytes as they are (RFC 7578, 4.7).")
        }
        self.name = Self.unescape(name)
        // `filename*` is not looked at: RFC 7578, section 4.2, forbids it, and two names for one file are a way past
        // filters.
        self.filename = disposition["filename"].map(Self.unescape)
        self.headers = headers
    }

    /// Undoes what browsers and curl escape in names, and nothing else: quote, CR and LF (HTML, "multipart form data").
    private static func unescape(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let escaped = Self.escaped(bytes[index + 1], bytes[index + 2])
            {
                result.append(escaped)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func escaped(_ high: UInt8, _ low: UInt8) -> UInt8? {
        switch (high, FieldLine.lowercased(low)) {
        case (UInt8(ascii: "2"), UInt8(ascii: "2")): UInt8(ascii: "\"")
        case (UInt8(ascii: "0"), UInt8(ascii: "d")): 0x0D
        case (UInt8(ascii: "0"), UInt8(ascii: "a")): 0x0A
        default: nil
        }
    }
}
