// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import TandemSchema
import Testing

@Suite("Codable types without a schema are bodies, results and properties")
struct CodedTests {
    private let handler: any Handler

    init() throws {
        let routes = Routes()
        routes.mount(Signups())
        self.handler = try routes.handler()
    }

    private static let legacy =
        #"{"kind":"old","parts":[1,2],"seen":"2026-11-24T09:30:00.5Z","title":"a/b"}"#

    @Test(
        "They are read and written, and what is wrong with them is said at its place",
        arguments: [
            ("legacy", Self.legacy, 200, Self.legacy), ("legacies", "[\(Self.legacy), \(Self.legacy)]", 200, "2"),
            ("archive", #"{"title":"t","legacy":\#(Self.legacy)}"#, 200, #"{"title":"t","legacy":\#(Self.legacy)}"#),
            ("legacy", "[]", 422, #"{"in":"body","pointer":"","rule":"type","expected":"an object""#),
            ("legacy", #"{"kind":"old"}"#, 422, #"{"in":"body","pointer":"/title","rule":"required""#),
            (
                "legacy", Self.legacy.replacing("\"old\"", with: "\"new\""), 422,
                #""pointer":"/kind","rule":"format","expected":"valid: "#
            ),
            (
                "legacies", "[\(Self.legacy), \(Self.legacy.replacing("2]", with: "\"x\"]"))]", 422,
                #""pointer":"/1/parts/1","rule":"type","expected":"an integer""#
            ),
            (
                "legacy", Self.legacy.replacing("24T", with: "32T"), 422,
                #""pointer":"/seen","rule":"format","expected":"a date and time such as"#
            ),
            (
                "archive", #"{"legacy":\#(Self.legacy.replacing("[1,2]", with: "{}"))}"#, 422,
                #""pointer":"/legacy/parts","rule":"type","expected":"an array""#
            ),
            ("archive", #"{"legacy":null}"#, 422, #""pointer":"/title","rule":"required""#),
            (
                "legacy", Self.legacy.replacing("}", with: #","below":{"a/~b":{"title":1}}}"#), 422,
                #""pointer":"/below/a~1~0b/title","rule":"type","expected":"a string""#
            ),
            ("legacy", Self.legacy.replacing("[1,2]", with: "[1e999]"), 422, #""rule":"format","expected":"valid"#),
            ("legacy", "{", 400, "malformed-json"), ("legacy", Self.legacy + "x", 400, "malformed-json"),
            ("legacy", String(repeating: "[", count: 100_000), 400, "malformed-json"),
        ]
    )
    func body(path: String, body: String, status: Int, text: String) async {
        let request = Request(.post, "/signups/\(path)", body: Bytes(body))
        for request in [request, request.inPieces] {
            let answer = await Served(of: self.handler, to: request)
            #expect(answer.status == Status(status))
            #expect(answer.text?.contains(text) == true, "\(answer.text ?? "")")
        }
    }

    @Test("They are no forms")
    func form() async {
        let answer = await Served(of: self.handler, to: FormRequest.urlEncoded("/signups/legacy", "title=a"))
        #expect(answer.status == .unsupportedMediaType)
        #expect(answer.headers["accept"] == "application/json")
    }

    @Test("A value that cannot be written fails, and says why")
    func unwritable() {
        let error = #expect(throws: JSONEncodingError.self) { try JSON.text(Coded(["a": Double.nan])) }
        #expect(error?.value.contains("Dictionary<String, Double>") == true)
    }
}
