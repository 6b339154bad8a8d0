// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import Testing

@Suite("HTML is escaped unless it is said to be HTML")
struct HTMLTests {
    @Test(
        "What a client sent stays text",
        arguments: [
            ("a < b & c", "a &lt; b &amp; c"), ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            (#"" onclick="x"#, "&quot; onclick=&quot;x"), ("'", "&#39;"), ("&lt;", "&amp;lt;"), ("", ""),
            ("käse", "käse"),
            // One Character each, and a quote or a bracket to a browser.
            ("\"\u{301} onfocus=x", "&quot;\u{301} onfocus=x"), ("<\u{20D2}b>\u{FE0F}", "&lt;\u{20D2}b&gt;\u{FE0F}"),
            ("'\u{200D}", "&#39;\u{200D}"),
        ]
    )
    func escaped(text: String, html: String) {
        let page: HTML = "<p title=\"\(text)\">\(text)</p>"
        #expect(page.text.unicodeScalars.elementsEqual("<p title=\"\(html)\">\(html)</p>".unicodeScalars))
    }

    @Test("HTML is put into HTML as it is, and numbers are text")
    func nested() {
        let bold: HTML = "<b>\(1 < 2)</b>"
        let page: HTML = "\(bold), \(HTML(unescaped: "<i>")), \(42)"
        #expect(page.text == "<b>true</b>, <i>, 42")
    }

    @Test("It is answered as a page")
    func answered() async throws {
        let routes = Routes()
        routes.get("/{name}") { call -> HTML in "<h1>\(try call.path("name", as: String.self))</h1>" }
        let response = try await routes.handler().respond(to: Request(.get, "/%3Cb%3E"))
        #expect(response.headers["content-type"] == "text/html; charset=utf-8")
        #expect(Served(response).text == "<h1>&lt;b&gt;</h1>")
    }
}
