// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Mustache
import Foundation
import TandemAPI
import TandemHTML
import TandemHTTP
import TandemSchema
import Testing

@Schema private enum Urgency: String { case low, high }

@Schema private struct Ticket {
    var id: Int
    @Key("short-text") var subject: String
    var urgency: Urgency = .low
    var note: String?
    var openedAt: Date = Date(timeIntervalSince1970: 0)
}

private struct Page {
    var title: String
    var tickets: [Ticket] = []
    var reader: Reader?
    var isOpen = true
}

private class Person {
    let name: String
    init(_ name: String) { self.name = name }
}

private final class Reader: Person {
    let role = Role.admin
}

private enum Role { case admin }

@Suite("Templates make pages")
struct TemplatesTests {
    private func render(_ template: String, _ value: Any, partials: [String: String] = [:]) throws -> String {
        try Templates(partials.merging(["page": template]) { $1 }).render("page", value).text
    }

    @Test("A Schema value has the properties of its JSON")
    func schema() throws {
        let ticket = Ticket(id: 7, subject: "a<b", urgency: .high)
        let text = try self.render("{{id}} {{short-text}} {{urgency}} {{openedAt}}{{#note}}!{{/note}}", ticket)
        #expect(text == "7 a&lt;b high 1970-01-01T00:00:00Z")
    }

    @Test("Other values have their own: structs, classes, optionals, dictionaries")
    func mirrored() throws {
        let page = Page(title: "T", tickets: [Ticket(id: 1, subject: "s")], reader: Reader("Ada"))
        let template = """
            {{title}}:{{#tickets}} {{id}} {{short-text}}{{/tickets}}{{#reader}} {{name}} {{role}}{{/reader}}\
            {{#isOpen}} open{{/isOpen}}{{^isOpen}} closed{{/isOpen}}{{#note}}?{{/note}}
            """
        #expect(try self.render(template, page) == "T: 1 s Ada admin open")
        #expect(try self.render(template, Page(title: "T", isOpen: false)) == "T: closed")
        let values: [String: Any] = ["title": "D", "tickets": [] as [Ticket], "isOpen": false, "reader": ["name": 5]]
        #expect(try self.render(template, values) == "D: 5  closed")
    }

    @Test("What is nil is not looked for in what is around")
    func shadowing() throws {
        let values: [String: Any] = ["note": "outer", "ticket": Ticket(id: 1, subject: "s", note: nil)]
        #expect(try self.render("{{#ticket}}[{{note}}]{{/ticket}}", values) == "[]")
        #expect(try self.render("{{#ticket}}{{^note}}none{{/note}}{{/ticket}}", values) == "none")
    }

    @Test("Partials and layouts are templates of the same folder")
    func partials() throws {
        let partials = [
            "parts/ticket": "<li>{{short-text}}</li>", "layout": "<main>{{$body}}nothing{{/body}}</main>",
        ]
        let template = "{{<layout}}{{$body}}{{#tickets}}{{> parts/ticket}}{{/tickets}}{{/body}}{{/layout}}"
        let page = Page(title: "", tickets: [Ticket(id: 1, subject: "<b>"), Ticket(id: 2, subject: "b")])
        #expect(try self.render(template, page, partials: partials) == "<main><li>&lt;b&gt;</li><li>b</li></main>")
    }

    private static let hostile = [
        "<script>alert(1)</script>", "\" onmouseover=\"alert(1)", "' autofocus onfocus='alert(1)",
        "</title><img src=x>",
        "{{{title}}}<b>", "{{> page}}<", "&#60;b>", "\u{FEFF}<b>",
        // One Character each to Swift, and a quote or a bracket and something else to a browser.
        "\"\u{301} onfocus=alert(1) x=", "'\u{200D} onfocus=alert(1) x=", "<\u{338}b>", ">\u{FE0F}<\u{20DD}i",
    ]

    @Test("No value leaves the place that it is put in", arguments: Self.hostile)
    func hostileValues(text: String) throws {
        let paragraph = "<p a=\"{{x}}\" b='{{x}}'>{{x}}</p>"
        for template in [paragraph, "{{> part}}", "{{#x}}\(paragraph.replacing("x", with: ".")){{/x}}"] {
            for value: Any in [text, Optional(text) as Any, [text], JSON.string(text)] as [Any] {
                let page = try self.render(template, ["x": value], partials: ["part": paragraph])
                let scalars = page.unicodeScalars.filter { "<>\"'".unicodeScalars.contains($0) }
                #expect(String(String.UnicodeScalarView(scalars)) == "<\"\"''><>", "\(page)")
            }
        }
    }

    @Test("Three braces and HTML that is known to be some are put in as they are")
    func unescaped() throws {
        #expect(try self.render("{{{x}}}{{&x}}", ["x": HTML(unescaped: "<b>") as Any]) == "<b><b>")
    }

    @Test("A template that there is not is an error that names it, and those that there are")
    func missing() throws {
        let templates = try Templates(["b": "", "a": ""])
        let error = #expect(throws: TemplateError.self) { try templates.render("c") }
        #expect(error?.description == "There is no template 'c'. There are: a, b.")
        let partial = #expect(throws: TemplateError.self) { try Templates(["a": "{{! {{> x}} }}{{>*kind}}{{> b}}"]) }
        #expect(partial == .missing("b", by: "a", available: ["a"]))
    }

    @Test("A template that is none is an error that says where")
    func malformed() throws {
        let error = #expect(throws: TemplateError.self) { try Templates(["a": "one\n{{#b}}\n{{/c}}"]) }
        guard case .malformed("a", line: 3, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("The files of a folder and of its folders are templates")
    func folder() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder.appending(path: "parts"), withIntermediateDirectories: true)
        try Data("{{> parts/name}}!\n".utf8).write(to: folder.appending(path: "page.mustache"))
        try Data("Hello, {{name}}".utf8).write(to: folder.appending(path: "parts/name.mustache"))
        try Data("no template".utf8).write(to: folder.appending(path: "notes.txt"))
        let templates = try Templates(directory: folder.path)
        #expect(templates.names == ["page", "parts/name"])
        #expect(try templates.render("page", ["name": "Ada"]).text == "Hello, Ada!\n")
        #expect(throws: TemplateError.unreadable(path: "/nowhere")) { try Templates(directory: "/nowhere") }
        try Data([0xFF, 0xFE]).write(to: folder.appending(path: "bad.mustache"))
        #expect(throws: TemplateError.unreadable(path: "\(folder.path)/bad.mustache")) {
            try Templates(directory: folder.path)
        }
    }

    @Test("A page is answered as HTML")
    func answered() async throws {
        let templates = try Templates(["hello": "<p>{{name}}</p>"])
        let routes = Routes()
        routes.get("/{name}") { call in
            try templates.render("hello", ["name": try call.path("name", as: String.self)])
        }
        let response = try await routes.handler().respond(to: Request(.get, "/a&b"))
        #expect(response.headers["content-type"] == "text/html; charset=utf-8")
        guard case .bytes(let bytes) = response.body else { throw CancellationError() }
        #expect(bytes.string == "<p>a&amp;b</p>")
    }
}
#endif
