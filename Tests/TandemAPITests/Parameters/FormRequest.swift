// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// Requests with forms in them, as browsers write them.
enum FormRequest {
    static let boundary = "----tandem"

    /// The fields as the body of a request, urlencoded.
    static func urlEncoded(_ path: String, _ fields: FormFields) -> Request {
        Self.urlEncoded(path, fields.urlEncoded)
    }

    static func urlEncoded(_ path: String, _ body: String) -> Request {
        let headers: Headers = ["content-type": "application/x-www-form-urlencoded; charset=UTF-8"]
        return Request(.post, path, headers: headers, body: Bytes(body))
    }

    /// The fields and files as parts.
    static func multipart(
        _ path: String,
        _ fields: FormFields,
        method: TandemHTTP.Method = .post,
        files: [UploadedFile] = [],
        contents: [Bytes] = []
    ) -> Request {
        var body = Bytes()
        for (name, text) in fields {
            body.append("--\(self.boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(text)\r\n")
        }
        for (file, content) in zip(files, contents) {
            let disposition = "form-data; name=\"\(file.name)\"; filename=\"\(file.filename)\""
            body.append("--\(self.boundary)\r\nContent-Disposition: \(disposition)\r\n\r\n")
            body.append(content)
            body.append("\r\n")
        }
        body.append("--\(self.boundary)--\r\n")
        let headers: Headers = ["content-type": "multipart/form-data; boundary=\(self.boundary)"]
        return Request(method, path, headers: headers, body: body)
    }
}

extension Request {
    /// The same with a body that arrives in pieces, so that it has to be waited for.
    var inPieces: Request {
        var copy = self
        guard let bytes = self.body.complete else { return self }
        let pieces = stride(from: 0, to: bytes.count, by: 7_001).map { bytes[$0..<min($0 + 7_001, bytes.count)] }
        copy.body = RequestBody(storage: .stream(Pieces(pieces)), length: nil)
        return copy
    }
}
