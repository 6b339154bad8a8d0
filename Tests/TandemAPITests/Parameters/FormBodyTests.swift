// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import TandemAPI
import TandemHTTP
import TandemSchema
import Testing

@Suite("The body of an endpoint can be a form")
struct FormBodyTests {
    private let handler: any Handler

    init() throws {
        let routes = Routes()
        routes.mount(Signups())
        self.handler = try routes.handler()
    }

    /// What fields are answered, which must be the same in both kinds of form, at once and in pieces.
    private func answer(_ path: String, _ fields: FormFields) async -> Served {
        let urlEncoded = await Served(of: self.handler, to: FormRequest.urlEncoded(path, fields))
        let multipart = FormRequest.multipart(path, fields)
        let others = [FormRequest.urlEncoded(path, fields).inPieces, multipart, multipart.inPieces]
        for other in others {
            let answer = await Served(of: self.handler, to: other)
            #expect(answer.status == urlEncoded.status)
            #expect(answer.text == urlEncoded.text)
        }
        return urlEncoded
    }

    @Test(
        "Texts become what the type has",
        arguments: [
            (["name": "Ada & Co+"], #"{"name":"Ada & Co+","#),
            (["name": "A", "age": "36"], #""age":36"#), (["name": "A", "age": "3.6e1"], #""age":36"#),
            (["name": "A", "age": ""], #""age":null"#), (["name": "A", "plan": "paid"], #""plan":"paid""#),
            (["name": "A", "news": "on"], #""news":true"#), (["name": "A", "news": "off"], #""news":false"#),
            (["name": "A", "news": "false"], #""news":false"#),
            (["name": "A", "balance": "12345678901234567890.25"], #""balance":12345678901234567890.25"#),
            (["name": "A", "tags": "a", "tags": "b"], #""tags":["a","b"]"#),
            (["name": "A", "tags[]": "a", "tags[]": "b"], #""tags":["a","b"]"#),
            (["name": "A", "tags[10]": "b", "tags[9]": "a"], #""tags":["a","b"]"#),
            (["name": "A", "scores": "7"], #""scores":[7]"#),
            (["name": "A", "address[city]": "B", "address[zip]": "1"], #""address":{"city":"B","zip":1}"#),
            (["name": "A", "address.city": "B", "address.zip": ""], #""address":{"city":"B","zip":null}"#),
            (["name": "A", "address": #"{"city":"B"}"#], #""address":{"city":"B","zip":null}"#),
            (["name": "A", "address": ""], #""address":null"#),
            (
                ["name": "A", "homes[1][city]": "C", "homes[0].city": "B"],
                #""homes":[{"city":"B","zip":null},{"city":"C","zip":null}]"#
            ),
            (["name": "A", "homes": #"{"city":"B"}"#, "homes": #"{"city":"C"}"#], #"{"city":"C","zip":null}]"#),
            (["name": "A", "homes[][city]": "B"], #""homes":[{"city":"B","zip":null}]"#),
            (["name": "A", "labels[x]": "1"], #""labels":{"x":1}"#),
            (["name": "A", "payment[type]": "card", "payment[number]": "42"], #"{"type":"card","number":"42"}"#),
            (
                ["name": "A", "payment.type": "invoice", "payment.to.city": "B", "payment.days": "7"],
                #"{"type":"invoice","to":{"city":"B","zip":null},"days":7}"#
            ),
            (["name": "A", "friend[0][name]": "B", "friend[0][friend][0][name]": "C"], #""friend":[{"name":"C""#),
            (["name": "A", "extra": "1"], #""extra":"1""#), (["name": "A", "extra[x][y]": "1"], #"{"x":{"y":"1"}}"#),
            (["name": "A", "a.b": "c"], #""a.b":"c""#),
            (["name": "A", "nobody": "x", "name[x]": "y"], #"{"name":"A""#),
        ] as [(FormFields, String)]
    )
    func becomes(fields: FormFields, json: String) async {
        let answer = await self.answer("/signups", fields)
        #expect(answer.status == .ok)
        #expect(answer.text?.contains(json) == true, "\(answer.text ?? "")")
    }

    @Test(
        "What is wrong is said at its field, as for JSON",
        arguments: [
            ([:], [#""pointer":"/name","rule":"required""#]),
            (["name": ""], [#""pointer":"/name","rule":"length""#]),
            (
                ["name": "A", "name": "B"],
                [#""pointer":"/name","rule":"type","expected":"a string","actual":"an array""#]
            ),
            (
                ["name": "A", "age": "x"],
                [#""pointer":"/age","rule":"type","expected":"an integer","actual":"\"x\"""#]
            ),
            (["name": "A", "age": "17"], [#""pointer":"/age","rule":"range""#]),
            (["name": "A", "age": "007"], [#""pointer":"/age","rule":"type""#]),
            (["name": "A", "age": String(repeating: "9", count: 1_001)], [#""pointer":"/age","rule":"type""#]),
            (["name": "A", "news": "perhaps"], [#""pointer":"/news","rule":"type","expected":"true or false""#]),
            (["name": "A", "plan": "rich"], [#""pointer":"/plan","rule":"enum""#]),
            (["name": "A", "scores": "1", "scores": "x"], [#""pointer":"/scores/1","rule":"type""#]),
            (["name": "A", "scores": "1", "scores": "1"], [#""pointer":"/scores","rule":"unique""#]),
            (["name": "A", "tags[x]": "1"], [#""pointer":"/tags","rule":"type","expected":"an array""#]),
            (["name": "A", "address": "B"], [#""pointer":"/address","rule":"type","expected":"an object""#]),
            (
                ["name": "A", "address[city]": "", "address[zip]": "x"],
                [#""pointer":"/address/city","rule":"length""#, #""pointer":"/address/zip","rule":"type""#]
            ),
            (["name": "A", "address": "B", "address[city]": "C"], [#""pointer":"/address","rule":"type""#]),
            (["name": "A", "homes[0][zip]": "1"], [#""pointer":"/homes/0/city","rule":"required""#]),
            (["name": "A", "labels[x]": "y"], [#""pointer":"/labels/x","rule":"type""#]),
            (["name": "A", "payment[number]": "1"], [#""pointer":"/payment/type","rule":"required""#]),
            (["name": "A", "payment[type]": "gold"], [#""pointer":"/payment/type","rule":"enum""#]),
        ] as [(FormFields, [String])]
    )
    func refused(fields: FormFields, errors: [String]) async {
        let answer = await self.answer("/signups", fields)
        #expect(answer.status == .unprocessableContent)
        for error in errors {
            #expect(answer.text?.contains(#"{"in":"body","# + error) == true, "\(answer.text ?? "")")
        }
    }

    @Test(
        "Fields that the type does not have are what unknown keys are",
        arguments: [
            ("strict", ["name": "A", "x[y]": "1"], 422, #""pointer":"/x[y]","rule":"unknown""#),
            ("open", ["name": "A", "x[y]": "1", "": "2"], 200, #"{"name":"A","x[y]":"1","":"2"}"#),
            ("labels", ["a.b": "1", "c": "2"], 200, "[1,2]"), ("labels", ["a": "x"], 422, #""pointer":"/a""#),
            ("maybe", [:], 200, "nobody"), ("maybe", ["name": "A"], 200, "A"),
            ("pay", ["type": "card", "number": "1"], 200, #"{"type":"card","number":"1"}"#),
            ("pay", ["type": "invoice", "to[city]": "B"], 200, #"{"city":"B","zip":null},"days":30}"#),
        ] as [(String, FormFields, Int, String)]
    )
    func unknown(path: String, fields: FormFields, status: Int, text: String) async {
        let answer = await self.answer("/signups/\(path)", fields)
        #expect(answer.status == Status(status))
        #expect(answer.text?.contains(text) == true, "\(answer.text ?? "")")
    }

    @Test(
        "A body of another type is refused with what is accepted",
        arguments: [
            ("/signups", "application/json, application/x-www-form-urlencoded, multipart/form-data"),
            ("/signups/list", "application/json"),
        ]
    )
    func unsupported(path: String, accepted: String) async {
        for type in ["text/plain", "multipart/mixed; boundary=a", "application/x-www-form-urlencoded2"] {
            let request = Request(.post, path, headers: ["content-type": type], body: "name=A")
            for request in [request, request.inPieces] {
                let answer = await Served(of: self.handler, to: request)
                #expect(answer.status == .unsupportedMediaType)
                #expect(answer.headers["accept"] == accepted)
            }
        }
        let form = await Served(of: self.handler, to: FormRequest.urlEncoded("/signups/list", "name=A"))
        #expect(form.status == .unsupportedMediaType)
        #expect(form.text?.contains("must be application/json, not application/x-www-form-urlencoded") == true)
    }

    @Test("A value that is read of a form is the same as of JSON, whatever it is")
    func same() async throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            let (fields, json) = Self.random(&generator)
            let headers: Headers = ["content-type": "application/json"]
            let request = Request(.post, "/signups", headers: headers, body: Bytes(try JSON.text(json)))
            let expected = await Served(of: self.handler, to: request)
            let answer = await self.answer("/signups", fields)
            #expect(answer.status == expected.status, "\(fields.urlEncoded)")
            #expect(answer.text == expected.text, "\(fields.urlEncoded)")
        }
    }

    /// The same value as fields and as JSON; some break rules.
    private static func random(_ generator: inout SeededGenerator) -> (FormFields, JSON) {
        var fields = FormFields()
        var object = JSONObject()
        func text(_ generator: inout SeededGenerator) -> String {
            let letters = ["a", "B", " ", "+", "&", "=", "%", "\u{E9}", "\u{1F600}", "\"", "\\", "[", ".", "\n"]
            return (0..<Int.random(in: 1...24, using: &generator)).reduce(into: "") { text, _ in
                text += letters.randomElement(using: &generator) ?? ""
            }
        }
        func add(_ name: String, _ text: String, _ value: JSON) {
            fields.add(name, text)
            object[name] = value
        }
        if Int.random(in: 0..<20, using: &generator) > 0 {
            let name = text(&generator)
            add("name", name, .string(name))
        }
        if Bool.random(using: &generator) {
            let age = "\(Int.random(in: 10...130, using: &generator))"
            add("age", age, .number(age))
        }
        if Bool.random(using: &generator) {
            let plan = ["free", "paid", "rich"].randomElement(using: &generator) ?? ""
            add("plan", plan, .string(plan))
        }
        if Bool.random(using: &generator) {
            let isOn = Bool.random(using: &generator)
            add("news", isOn ? "on" : "off", .bool(isOn))
        }
        if Bool.random(using: &generator) {
            let balance = "\(Int.random(in: -999...999, using: &generator)).5"
            add("balance", balance, .number(balance))
        }
        let tags = (0..<Int.random(in: 0...4, using: &generator)).map { _ in text(&generator) }
        for tag in tags { fields.add("tags", tag) }
        if !tags.isEmpty { object["tags"] = .array(tags.map(JSON.string)) }
        return (fields, .object(object))
    }
}
