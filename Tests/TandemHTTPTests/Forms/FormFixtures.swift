// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// Lines with CR LF between them.
func lines(_ lines: String...) -> String { lines.joined(separator: "\r\n") }

/// A part of a form as it is sent, with the boundary `x` before it.
func part(_ disposition: String, _ content: String, _ fields: String...) -> String {
    lines("--x", "Content-Disposition: \(disposition)") + "\r\n"
        + fields.map { "\($0)\r\n" }.joined() + "\r\n\(content)\r\n"
}

extension Request {
    /// A form whose body is there at once.
    static func form(_ contentType: String, _ body: String) -> Request {
        Request(.post, "/", headers: ["content-type": contentType], body: Bytes(body))
    }

    /// A multipart form with the boundary `x`, there at once.
    static func multipart(_ body: String) -> Request {
        .form("multipart/form-data; boundary=x", body)
    }

    /// A multipart form with the boundary `x` that arrives in runs.
    static func multipart(runs: [Bytes], failing error: HTTPError? = nil) -> Request {
        var request = Request(.post, "/", headers: ["content-type": "multipart/form-data; boundary=x"])
        request.body = RequestBody(storage: .stream(Runs(runs, failing: error)), length: nil)
        return request
    }
}
