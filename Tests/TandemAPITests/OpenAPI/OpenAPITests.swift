// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TandemAPI
import TandemSchema
import Testing

@Suite("The OpenAPI document says what the endpoints do")
struct OpenAPITests {
    private let document: JSON

    init() {
        let routes = Routes()
        routes.mount(Desk(tickets: []))
        routes.mount(Signups())
        routes.get("/files/{path*}") { call in call.path["path"] ?? "" }
        let info = OpenAPIDocument.Info(title: "Desk", version: "1.2.3", description: "A help desk.")
        self.document = OpenAPIDocument(routes, info: info).json
    }

    private func value(_ path: String...) -> JSON? {
        path.reduce(self.document as JSON?) { json, name in
            if case .object(let object)? = json { object[name] } else { nil }
        }
    }

    @Test("It is valid, as JSON and as YAML, in the eyes of another program", arguments: ["json", "yaml"])
    func valid(form: String) throws {
        let root = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = FileManager.default.temporaryDirectory.appending(path: "openapi-\(UUID()).\(form)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data((form == "json" ? JSON.text(self.document) : self.document.yaml).utf8).write(to: file)
        let validator = Process()
        let output = Pipe()
        validator.executableURL = root.appending(path: ".tools/python/bin/python")
        validator.arguments = ["-m", "openapi_spec_validator", file.path]
        validator.standardOutput = output
        validator.standardError = output
        try validator.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        validator.waitUntilExit()
        #expect(validator.terminationStatus == 0, "\(text)")
    }

    @Test("An operation has its name, its documentation and its group")
    func operation() throws {
        let list = try #require(self.value("paths", "/desks/{desk}/tickets", "get"))
        let text = try JSON.text(list)
        #expect(
            text.hasPrefix(
                #"{"operationId":"desk.list","summary":"List tickets, newest first.","description":"All of them, or"#
            )
        )
        #expect(text.contains(#""tags":["Desk"]"#))
        #expect(
            self.value("tags") == [
                ["name": "Desk", "description": "Support tickets."],
                ["name": "Signups", "description": "People who sign up."],
            ]
        )
        #expect(self.value("info") == ["title": "Desk", "version": "1.2.3", "description": "A help desk."])
    }

    @Test("Parameters say where they stand, what they hold and whether they must be there")
    func parameters() throws {
        let list = try JSON.text(#require(self.value("paths", "/desks/{desk}/tickets", "get", "parameters")))
        #expect(
            list.hasPrefix(
                #"[{"name":"desk","in":"path","required":true,"schema":{"type":"string"}},{"name":"urgency","in":"query","required":false,"#
            )
        )
        #expect(
            list.contains(
                #"{"name":"limit","in":"query","required":false,"schema":{"type":"integer","format":"int64","#
            )
        )
        #expect(list.contains(#""default":10}"#))
        let agent = try JSON.text(#require(self.value("paths", "/desks/{desk}/tickets/agent", "get", "parameters")))
        #expect(agent.contains(#"{"name":"user-agent","in":"header","required":true"#))
        #expect(agent.contains(#"{"name":"session","in":"cookie","required":false"#))
    }

    @Test("Bodies, results and errors refer to the types by name")
    func types() throws {
        let post = try JSON.text(#require(self.value("paths", "/desks/{desk}/tickets", "post")))
        #expect(
            post.contains(
                ##""requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/TicketDraft"}},"##
            )
        )
        #expect(
            post.contains(
                ##""201":{"description":"Created","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Ticket"}}}}"##
            )
        )
        for status in ["400", "404", "413", "415", "422", "default"] { #expect(post.contains("\"\(status)\":{")) }
        let close = try JSON.text(#require(self.value("paths", "/desks/{desk}/tickets/{id}", "delete", "responses")))
        #expect(close.contains(#""204":{"description":"No Content"}"#))
        #expect(close.contains(#""409":{"description":"`ticket-closed`: The ticket is closed.""#))
        let subject = try JSON.text(
            #require(self.value("components", "schemas", "TicketDraft", "properties", "subject"))
        )
        #expect(
            subject == #"{"type":"string","minLength":1,"maxLength":20,"description":"What is wrong, in one line."}"#
        )
    }

    @Test(
        "What YAML reads otherwise is quoted",
        arguments: [
            (["a": 1, "200": ["b": nil]], "a: 1\n\"200\":\n  b: null\n"), (["no": "on"], "\"no\": \"on\"\n"),
            (["a": [], "b": [:], "c": [1, ["d": "e: f"]]], "a: []\nb: {}\nc:\n  - 1\n  -\n    d: \"e: f\"\n"),
            ("x", "\"x\"\n"),
        ] as [(JSON, String)]
    )
    func yaml(json: JSON, text: String) {
        #expect(json.yaml == text)
    }
}
