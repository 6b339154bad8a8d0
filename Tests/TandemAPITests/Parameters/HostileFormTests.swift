// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import TandemAPI
import TandemHTTP
import TandemSchema
import Testing

@Suite("Forms that mean harm are bounded")
struct HostileFormTests {
    private let handler: any Handler

    init() throws {
        let routes = Routes()
        routes.mount(Signups())
        self.handler = try routes.handler()
    }

    private static let deep = String(repeating: "[friend][0]", count: 5_000)

    @Test(
        "They are answered, with what is wrong with them",
        arguments: [
            ("name=A" + String(repeating: "&a=b", count: 10_000), 413, "too-many-form-fields"),
            ("name=A&x=" + String(repeating: "y", count: 1_100_000), 413, "content-too-large"),
            ("name=A" + String(repeating: "&tags=b", count: 999), 422, #""actual":"999 items""#),
            ("name=A&friend[0]\(Self.deep)[name]=B", 200, #""friend":[]"#),
            ("name=A&extra" + String(repeating: "[", count: 5_000) + "=B", 200, #""extra":null"#),
            ("name=A&extra" + String(repeating: "[]", count: 15) + "=B", 200, #""":"B"}}}}}}}}}}}}}}"#),
            ("name=A&extra" + String(repeating: "[]", count: 16) + "=B", 200, #""extra":null"#),
            ("name=A&tags[4294967296]=b", 422, #""pointer":"/tags""#),
            ("name=A&tags[999999999]=b&tags[-1]=c", 422, #""pointer":"/tags""#),
            ("name=A&tags[999999999]=b", 200, #""tags":["b"]"#),
            ("name=%FF%C3", 200, "{\"name\":\"\u{FFFD}\u{FFFD}\""), ("name=A%00%1F", 200, #""name":"A\u0000\u001f""#),
            ("name=A&=b&==&&&[x]=y&[]=z&.=.", 200, #"{"name":"A""#),
            (
                "name=A&address[city=B&address]city[=C&address[city]x=D&address..city=E", 422,
                #""pointer":"/address/city""#
            ),
            ("name=A&address=" + String(repeating: "{\"a\":", count: 500), 422, #""pointer":"/address""#),
            ("name=A&address=" + "%7B%22city%22:%22B%22,%22x%22:" + "9".repeated(1_001) + "%7D", 422, "an object"),
            ("name=A&__proto__[x]=1&constructor.prototype=2", 200, #"{"name":"A""#), ("%", 422, "required"),
        ]
    )
    func answered(body: String, status: Int, text: String) async {
        let request = FormRequest.urlEncoded("/signups", body)
        for request in [request, request.inPieces] {
            let answer = await Served(of: self.handler, to: request)
            #expect(answer.status == Status(status))
            #expect(answer.text?.contains(text) == true, "\(answer.text?.prefix(400) ?? "")")
        }
    }

    @Test("Names and texts made of what has a meaning never do harm")
    func random() async {
        var generator = SeededGenerator(seed: 11)
        let pieces = [
            "name", "age", "address", "city", "homes", "payment", "type", "card", "friend", "extra", "labels", "tags",
            "[", "]", ".", "[]", "[0]", "[city]", "=", "&", "%5B", "%00", "%FF", "+", "{", "}", "1", "\"",
        ]
        for _ in 0..<2_000 {
            let body = (0..<Int.random(in: 0...30, using: &generator)).reduce(into: "name=A&") { body, _ in
                body += pieces.randomElement(using: &generator) ?? ""
            }
            let answer = await Served(of: self.handler, to: FormRequest.urlEncoded("/signups", body))
            #expect([.ok, .unprocessableContent].contains(answer.status), "\(body)")
        }
    }

    @Test(
        "A malformed form of parts is refused",
        arguments: [
            ("multipart/form-data", "--a--", 400), ("multipart/form-data; boundary=a", "{\"name\":\"A\"}", 400),
            ("multipart/form-data; boundary=a", "--a\r\n", 400), ("multipart/form-data; boundary=a", "", 400),
        ]
    )
    func malformed(type: String, body: String, status: Int) async {
        let request = Request(.post, "/signups", headers: ["content-type": type], body: Bytes(body))
        for request in [request, request.inPieces] {
            let answer = await Served(of: self.handler, to: request)
            #expect(answer.status == Status(status))
            #expect(answer.text?.contains("malformed-form") == true, "\(answer.text ?? "")")
        }
    }
}

extension String {
    fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
