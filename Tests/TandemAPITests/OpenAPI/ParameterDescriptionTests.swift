// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemSchema
import Testing

@Suite("The OpenAPI document says how bodies, files and queries are sent, and what is said of them")
struct ParameterDescriptionTests {
    private let document: JSON

    init() {
        let routes = Routes()
        routes.mount(Signups())
        self.document = OpenAPIDocument(routes).json
    }

    private func text(_ path: String...) throws -> String {
        let value = path.reduce(self.document as JSON?) { json, name in
            if case .object(let object)? = json { object[name] } else { nil }
        }
        return try JSON.text(#require(value))
    }

    @Test(
        "A body has the media types that its type can come in",
        arguments: [
            ("/signups/pay", ##"{"$ref":"#/components/schemas/Payment"}"##, true),
            ("/signups/labels", #"{"type":"object","additionalProperties":{"type":"integer","#, true),
            ("/signups/list", #"{"type":"array","items":{"#, false), ("/signups/legacy", "{}", false),
        ]
    )
    func mediaTypes(path: String, schema: String, isForm: Bool) throws {
        let content = try self.text("paths", path, "post", "requestBody", "content")
        #expect(content.hasPrefix(#"{"application/json":{"schema":"# + schema))
        for type in ["application/x-www-form-urlencoded", "multipart/form-data"] {
            #expect(content.contains(#""\#(type)":{"schema":"# + schema) == isForm)
        }
    }

    @Test("A form has no null: where the JSON can have it, an empty text stands for it")
    func formsWithoutNull() throws {
        let content = try self.text("paths", "/signups", "post", "requestBody", "content")
        #expect(content.hasPrefix(##"{"application/json":{"schema":{"$ref":"#/components/schemas/Signup"}}"##))
        let age = #""age":{"anyOf":[{"type":"integer","#
        for type in ["application/x-www-form-urlencoded", "multipart/form-data"] {
            let form = try self.text("paths", "/signups", "post", "requestBody", "content", type, "schema")
            #expect(form.contains(age) && form.contains(#"{"type":"string","maxLength":0}]}"#), "\(form)")
            #expect(!form.contains(#""null""#))
        }
    }

    @Test("Files are properties of a form, beside those of the body")
    func files() throws {
        let body = try self.text("paths", "/signups/photos", "put", "requestBody")
        let file = #"{"type":"string","format":"binary"}"#
        #expect(
            body == ##"{"description":"Whose they are.","required":true,"content":{"multipart/form-data":{"schema":"##
                + ##"{"allOf":[{"$ref":"#/components/schemas/StrictSignup"},{"type":"object","properties":{"##
                + #""portrait":{"type":"string","format":"binary","description":"One of the face."},"#
                + #""others":{"type":"array","items":\#(file),"description":"Any others."},"badge":"#
                + #"{"type":"string","format":"binary","description":"One of the badge."}},"required":["portrait"]}]}}}}"#
        )
        let alone = try self.text("paths", "/signups/files", "post", "requestBody", "content")
        #expect(
            alone == #"{"multipart/form-data":{"schema":{"type":"object","properties":{"files":"#
                + #"{"type":"array","items":\#(file),"minItems":1}},"required":["files"]}}}"#
        )
        let responses = try self.text("paths", "/signups/files", "post", "responses")
        #expect(responses.contains("`malformed-form`") && !responses.contains("malformed-json"))
    }

    @Test("Each property of a query's type is a parameter")
    func query() throws {
        let parameters = try self.text("paths", "/signups", "get", "parameters")
        let expected = [
            #"{"name":"name","in":"query","description":"What the name begins with.","required":true,"#
                + #""schema":{"type":"string","minLength":1,"maxLength":20}}"#,
            #"{"name":"limit","in":"query","required":false,"#,
            #""minimum":1,"maximum":100,"default":20}}"#,
            ##"{"name":"plans","in":"query","required":false,"schema":{"type":"array","items":{"$ref":"##,
            #"{"name":"ages","in":"query","required":false,"style":"deepObject","schema":{"#,
            #"{"name":"page","in":"query","description":"Which page, from 1 on.","required":false,"#,
        ]
        for text in expected { #expect(parameters.contains(text), "\(parameters)") }
        #expect(!parameters.contains("Whom to find"))
        let some = try self.text("paths", "/signups/some", "get", "parameters")
        #expect(
            some.contains(#"{"name":"name","in":"query","description":"What the name begins with.","required":false"#)
        )
    }

    @Test("What the function's comment says of parameters and the result stands at them")
    func documentation() throws {
        let find = try self.text("paths", "/signups", "get")
        #expect(find.contains(#""summary":"Find people.","description":"In any order.","tags""#))
        #expect(find.contains(#""deprecated":true"#))
        #expect(find.contains(#""200":{"description":"Their names.""#))
        let create = try self.text("paths", "/signups", "post")
        #expect(create.contains(#""summary":"Sign somebody up.","tags""#))
        #expect(create.contains(#""requestBody":{"description":"Who it is, and what they want.","required":true"#))
        #expect(create.contains(#""200":{"description":"The same.""#) && !create.contains("deprecated"))
    }
}
