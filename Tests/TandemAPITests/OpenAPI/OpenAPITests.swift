// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TandemAPI
import TandemHTTP
import TandemSchema
import Testing

@Suite("The OpenAPI document says what the endpoints do")
struct OpenAPITests {
    private let document: JSON

    init() throws {
        let routes = Routes()
        routes.mount(Desk(tickets: []))
        routes.mount(Signups())
        routes.mount(Letters())
        routes.get("/files/{path*}") { call in call.path["path"] ?? "" }
        try routes.files("/assets", directory: "/")
        var info = OpenAPIDocument.Info(title: "Desk", version: "1.2.3", description: "A help desk.")
        info.termsOfService = "https://desk.example/terms"
        info.contact = .init(name: "Ada", url: "https://desk.example", email: "ada@desk.example")
        info.license = .init("Apache 2.0", identifier: "Apache-2.0")
        info.servers = [.init("https://desk.example/api", description: "The one that counts."), .init("/")]
        self.document = OpenAPIDocument(routes, info: info).json
    }

    private func text(_ path: String...) throws -> String {
        try JSON.text(try #require(self.value(path)))
    }

    private func value(_ path: String...) -> JSON? { self.value(path) }

    private func value(_ path: [String]) -> JSON? {
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
                ["name": "Letters", "description": "Letters, in all the ways in which they can be answered."],
            ]
        )
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
                ##""schema":{"type":"string","format":"uri-reference"}}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Ticket"}}}}"##
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

    @Test("The application is described, and where it is")
    func info() throws {
        #expect(
            try self.text("info")
                == #"{"title":"Desk","version":"1.2.3","description":"A help desk.","termsOfService":"https://desk.example/terms","#
                + #""contact":{"name":"Ada","url":"https://desk.example","email":"ada@desk.example"},"#
                + #""license":{"name":"Apache 2.0","identifier":"Apache-2.0"}}"#
        )
        #expect(
            try self.text("servers")
                == #"[{"url":"https://desk.example/api","description":"The one that counts."},{"url":"/"}]"#
        )
    }

    @Test(
        "Results say what they are",
        arguments: [
            (
                "/letters", "get", "200",
                ##""content":{"application/jsonl":{"schema":{"type":"string"},"x-item-schema":{"$ref":"#/components/schemas/Letter"}}}"##
            ),
            (
                "/letters/changes", "get", "200",
                ##""contentMediaType":"application/json","contentSchema":{"$ref":"#/components/schemas/Letter"}},"##
            ),
            (
                "/letters/changes", "get", "200",
                ##""retry":{"type":"integer"}}},"x-item-schema":{"$ref":"#/components/schemas/Letter"}}}"##
            ),
            (
                "/letters/ticks", "get", "200",
                #"{"text/event-stream":{"schema":{"type":"object","properties":{"data":{"type":"string"},"event""#
            ),
            ("/letters/{id}/scan", "get", "200", #""content":{"*/*":{"schema":{}}}"#),
            ("/letters/{id}/scan", "get", "404", "`no-such-route`"),
            ("/letters/{id}/scan", "get", "404", "`no-such-file`"),
            ("/letters/{id}/page", "get", "200", #""content":{"text/html":{"schema":{"type":"string"}}}"#),
            (
                "/letters/latest", "post", "303",
                #""headers":{"location":{"description":"Where it is.","required":true,"schema":{"type":"string","format":"uri-reference"}}}"#
            ),
            ("/letters", "post", "202", #""headers":{"location":{"description":"Where to find it.","required":false,"#),
            ("/desks/{desk}/tickets", "post", "201", #""headers":{"location":{"#),
        ]
    )
    func results(path: String, method: String, status: String, part: String) throws {
        let text = try self.text("paths", path, method, "responses", status)
        #expect(text.contains(part), "\(text)")
    }

    @Test("What a type chooses from has names, and the tag says which")
    func choices() throws {
        let reference = "#/components/schemas/"
        #expect(
            try self.text("components", "schemas", "Kind", "oneOf")
                == ##"[{"$ref":"\##(reference)KindPaper"},{"$ref":"\##(reference)KindMail"}]"##
        )
        #expect(
            try self.text("components", "schemas", "Kind", "discriminator")
                == #"{"propertyName":"type","mapping":{"paper":"\#(reference)KindPaper","mail":"\#(reference)KindMail"}}"#
        )
        let paper = try self.text("components", "schemas", "KindPaper", "properties")
        #expect(paper.hasPrefix(#"{"type":{"type":"string","const":"paper"},"pages":{"type":"integer""#))
    }

    @Test("What is not for clients' programs is left out")
    func undocumented() {
        #expect(self.value("paths", "/assets/{path}") == nil)
        #expect(self.value("paths", "/files/{path}") != nil)
    }

    @Test("Dependencies say what they take: one of these, and all of those")
    func security() throws {
        #expect(try self.text("paths", "/letters/changes", "get", "security") == #"[{"bearer":[]},{"session":[]}]"#)
        #expect(
            try self.text("paths", "/letters", "post", "security")
                == #"[{"bearer":[],"oauth2":["write"]},{"oauth2":["write"],"session":[]}]"#
        )
        #expect(self.value("paths", "/letters", "get", "security") == nil)
        #expect(
            try self.text("components", "securitySchemes")
                == #"{"bearer":{"type":"http","scheme":"bearer","bearerFormat":"JWT"},"#
                + #""session":{"type":"apiKey","in":"cookie","name":"session","description":"Set at the log-in."},"#
                + #""oauth2":{"type":"oauth2","flows":{"authorizationCode":{"authorizationUrl":"https://id.example/authorize","#
                + #""tokenUrl":"https://id.example/token","scopes":{"read":"Read letters.","write":"Change letters."}},"#
                + #""clientCredentials":{"tokenUrl":"https://id.example/token","#
                + #""scopes":{"read":"Read letters.","write":"Change letters."}}}}}"#
        )
    }

    @Test("Schemes of one name that differ have two names in the document")
    func schemesOfOneName() throws {
        let routes = Routes()
        for (path, format) in [("/a", "JWT"), ("/b", "opaque"), ("/c", "JWT")] {
            routes.add(
                Endpoint(.get, try PathPattern(path), name: "get", source: SourcePlace()) { _ in
                    var operation = Operation("get", result: ResultDescription(.noContent))
                    operation.require(.bearer(format: format))
                    return operation
                } respond: { _ in
                    Response(status: .noContent)
                }
            )
        }
        let text = try JSON.text(OpenAPIDocument(routes).json)
        #expect(text.contains(#""bearer":{"type":"http","scheme":"bearer","bearerFormat":"JWT"},"bearer2":{"#))
        #expect(text.split(separator: #""security":[{"bearer":[]}]"#).count == 3)
        #expect(text.contains(#""security":[{"bearer2":[]}]"#))
    }

    @Test("What is secured may be refused, in the words of the dependency where it has some")
    func refusals() throws {
        let plain = try self.text("paths", "/letters/changes", "get", "responses")
        #expect(plain.contains(#""401":{"description":"`unauthorized`: "#))
        #expect(plain.contains(#""403":{"description":"`forbidden`: The archive is for members.""#))
        let own = try self.text("paths", "/letters", "post", "responses", "401")
        #expect(!own.contains("`unauthorized`"))
        #expect(own.contains(#""description":"`bad-token`: The token is no good.\n\n`old-token`: The token is old.""#))
    }

    @Test("What a dependency and a function both read is documented once")
    func sharedParameter() throws {
        let parameters = try self.text("paths", "/letters", "post", "parameters")
        #expect(parameters.split(separator: #""name":"x-tenant""#).count == 2)
        #expect(parameters.contains(#""example":"acme""#))
    }

    @Test("Each error is an example under its code")
    func errorExamples() throws {
        let content = "application/problem+json"
        let refused = ["paths", "/letters", "post", "responses", "401", "content", content, "examples"]
        #expect(
            try JSON.text(#require(self.value(refused)))
                == #"{"bad-token":{"summary":"The token is no good.","value":{"type":"about:blank","title":"Unauthorized","#
                + #""status":401,"code":"bad-token","detail":"The token is no good."}},"#
                + #""old-token":{"summary":"The token is old.","value":{"type":"about:blank","title":"Unauthorized","#
                + #""status":401,"code":"old-token","detail":"The token is old."}}}"#
        )
        let invalid = try self.text(
            "paths",
            "/desks/{desk}/tickets",
            "get",
            "responses",
            "422",
            "content",
            content,
            "examples"
        )
        #expect(invalid.contains(#""errors":[{"in":"query","name":"urgency","rule":"type","expected":"an integer""#))
        #expect(try self.text("components", "schemas", "Problem").contains(##""$ref":"#/components/schemas/Fault""##))
        let letter = try self.text("components", "schemas", "Letter", "properties", "subject")
        #expect(letter.contains(#""examples":["To whom it may concern"]"#))
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
