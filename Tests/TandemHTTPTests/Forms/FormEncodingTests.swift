// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("Form encodings")
struct FormEncodingTests {
    @Test(
        "A form's content type is understood",
        arguments: [
            ("application/x-www-form-urlencoded", .urlEncoded),
            ("Application/X-WWW-Form-URLEncoded ; charset=UTF-8", .urlEncoded),
            ("multipart/form-data; boundary=x", .multipart(boundary: "x")),
            ("Multipart/Form-Data;BOUNDARY=\"a b\"", .multipart(boundary: "a b")),
            ("multipart/form-data; charset=utf-8; boundary=----WebKit1; ", .multipart(boundary: "----WebKit1")),
            ("multipart/form-data; boundary='()+_,-./:=?", .multipart(boundary: "'()+_,-./:=?")),
            (
                "multipart/form-data; boundary=\(String(repeating: "b", count: 70))",
                .multipart(boundary: String(repeating: "b", count: 70))
            ),
        ] as [(String, FormEncoding)]
    )
    func understands(type: String, encoding: FormEncoding) throws {
        #expect(try FormEncoding(["content-type": type]) == encoding)
    }

    @Test(
        "What is not a form answers 415",
        arguments: ["application/json", "multipart/mixed; boundary=x", "text/plain", "", "multipart/form-datax"]
    )
    func refusesOthers(type: String) {
        let error = #expect(throws: HTTPError.self) { try FormEncoding(["content-type": type]) }
        #expect(error?.status == .unsupportedMediaType)
        #expect(error?.headers["accept"]?.contains("multipart/form-data") == true)
    }

    @Test(
        "A boundary that may not be one answers 400",
        arguments: [
            "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
            "multipart/form-data; boundary=\"a \"", "multipart/form-data; boundary=a\"b\"",
            "multipart/form-data; boundary=\"a", "multipart/form-data; boundary=a; boundary=b",
            "multipart/form-data; boundary", "multipart/form-data; boundary =a", "multipart/form-data; boundary=é",
            "multipart/form-data; boundary=a@b",
            "multipart/form-data; boundary=\(String(repeating: "b", count: 71))",
        ]
    )
    func refusesBoundaries(type: String) {
        let error = #expect(throws: HTTPError.self) { try FormEncoding(["content-type": type]) }
        #expect(error?.status == .badRequest)
    }

    @Test("A request without a content type, or with two, is refused")
    func refusesNoneAndTwo() {
        var headers: Headers = [:]
        #expect(throws: HTTPError.self) { try FormEncoding(headers) }
        headers.add("content-type", "application/x-www-form-urlencoded")
        headers.add("content-type", "multipart/form-data; boundary=x")
        let error = #expect(throws: HTTPError.self) { try FormEncoding(headers) }
        #expect(error?.status == .badRequest)
    }

    @Test("Only a multipart form has parts")
    func refusesPartsOfUrlEncoded() {
        let error = #expect(throws: HTTPError.self) {
            _ = try Request.form("application/x-www-form-urlencoded", "a=1").multipart()
        }
        #expect(error?.status == .unsupportedMediaType)
    }
}
