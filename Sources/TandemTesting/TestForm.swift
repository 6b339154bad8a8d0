// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// A form as a client sends it: urlencoded, or as multipart where it has files.
struct TestForm {
    let contentType: String
    let body: Bytes

    init(_ fields: FormFields, _ files: [UploadedFile]) async throws {
        if files.isEmpty {
            self.contentType = "application/x-www-form-urlencoded"
            self.body = Bytes(
                fields.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }.joined(separator: "&")
            )
            return
        }
        let boundary = "tandem-test-\(UInt64.random(in: .min ... .max))"
        var body = Bytes()
        for (name, value) in fields {
            body.append("--\(boundary)\r\ncontent-disposition: form-data; name=\(Self.quoted(name))\r\n\r\n")
            body.append("\(value)\r\n")
        }
        for file in files {
            let names = "name=\(Self.quoted(file.name)); filename=\(Self.quoted(file.filename))"
            body.append("--\(boundary)\r\ncontent-disposition: form-data; \(names)\r\n")
            if let type = file.contentType { body.append("content-type: \(type)\r\n") }
            body.append("\r\n")
            for try await bytes in file.contents { body.append(bytes) }
            body.append("\r\n")
        }
        body.append("--\(boundary)--\r\n")
        self.contentType = "multipart/form-data; boundary=\(boundary)"
        self.body = body
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.reduce(into: "") { encoded, byte in
            let isPlain = byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || "-._~".utf8.contains(byte)
            let hex = String(byte, radix: 16, uppercase: true)
            encoded += isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + hex
        }
    }

    /// A name in quotes as browsers write it (WHATWG HTML, section 4.10.21.8).
    private static func quoted(_ text: String) -> String {
        "\"\(text.replacing("\"", with: "%22").replacing("\r", with: "%0D").replacing("\n", with: "%0A"))\""
    }
}
