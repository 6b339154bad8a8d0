// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("Multipart bodies as clients send them")
struct MultipartClientTests {
    struct Sent: Sendable, CustomTestStringConvertible {
        let client: String
        let boundary: String
        let body: String
        let field: (name: String, value: String)?
        let filename: String

        var testDescription: String { self.client }
    }

    /// Captured from each client, which was given a name with a quote and a file `hello` with an odd name.
    static let sent: [Sent] = [
        Sent(
            client: "curl 7.88",
            boundary: "------------------------3dab8b8fb50b621b",
            body: lines(
                "--------------------------3dab8b8fb50b621b",
                "Content-Disposition: form-data; name=\"na%22me\"",
                "",
                "v1",
                "--------------------------3dab8b8fb50b621b",
                "Content-Disposition: form-data; name=\"f\"; filename=\"we%22ird\\n.txt\"",
                "Content-Type: text/plain",
                "",
                "hello",
                "--------------------------3dab8b8fb50b621b--",
                ""
            ),
            field: ("na\"me", "v1"),
            filename: "we\"ird\\n.txt"
        ),
        Sent(
            client: "curl --form-escape, and before 7.81",
            boundary: "------------------------aee412a7e8fc8c58",
            body: lines(
                "--------------------------aee412a7e8fc8c58",
                "Content-Disposition: form-data; name=\"f\"; filename=\"a\\\"b\\\\c.py\"",
                "Content-Type: application/octet-stream",
                "",
                "hello",
                "--------------------------aee412a7e8fc8c58--",
                ""
            ),
            field: nil,
            filename: "a\"b\\c.py"
        ),
        Sent(
            client: "httpx",
            boundary: "841424a2779433712e9530ee97e7ccff",
            body: lines(
                "--841424a2779433712e9530ee97e7ccff",
                "Content-Disposition: form-data; name=\"a%22b\"",
                "",
                "1",
                "--841424a2779433712e9530ee97e7ccff",
                "Content-Disposition: form-data; name=\"f\"; filename=\"q%22é%0D%0A.txt\"",
                "Content-Type: text/plain",
                "",
                "hello",
                "--841424a2779433712e9530ee97e7ccff--",
                ""
            ),
            field: ("a\"b", "1"),
            filename: "q\"é\r\n.txt"
        ),
        Sent(
            client: "fetch of Node.js",
            boundary: "----formdata-undici-034169001023",
            body: lines(
                "------formdata-undici-034169001023",
                "Content-Disposition: form-data; name=\"a%22b\"",
                "",
                "1\r\n2",
                "------formdata-undici-034169001023",
                "Content-Disposition: form-data; name=\"f\"; filename=\"q%22é%0D%0A.txt\"",
                "Content-Type: application/octet-stream",
                "",
                "hello",
                "------formdata-undici-034169001023--",
                ""
            ),
            field: ("a\"b", "1\r\n2"),
            filename: "q\"é\r\n.txt"
        ),
    ]

    @Test("What a client was given is what is read", arguments: sent)
    func reads(sent: Sent) async throws {
        let form = try await Request.form("multipart/form-data; boundary=\(sent.boundary)", sent.body).form()
        #expect(form.fields.map(\.name) == (sent.field.map { [$0.name] } ?? []))
        #expect(form.fields.map(\.value) == (sent.field.map { [$0.value] } ?? []))
        let file = try #require(form.file("f"))
        #expect(file.filename == sent.filename)
        #expect(try await file.contents.collect(upTo: 100) == "hello")
    }
}
