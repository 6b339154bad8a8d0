// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemAPI
import TandemHTTP
import TandemSchema
import Testing

@Suite("An application shows its documentation")
struct DocumentationPagesTests {
    private func answer(
        _ path: String,
        _ change: (inout DocumentationSettings) -> Void = { _ in }
    ) async throws -> Served {
        let routes = Routes()
        routes.get("/hello") { _ in "Hello" }
        var settings = DocumentationSettings(info: .init(title: "A <b> & c"), assets: "/nowhere")
        change(&settings)
        return await Served(of: try routes.handler(documentation: settings), to: Request(.get, path))
    }

    @Test("The document has what was added, and not the pages themselves")
    func document() async throws {
        let json = try #require(try await self.answer("/openapi.json").text)
        guard case .object(let document) = try JSON.decode(JSON.self, from: json),
            case .object(let paths)? = document["paths"]
        else { throw HTTPError(.internalServerError, "The document is no object.") }
        #expect(paths.map(\.name) == ["/hello"])
        #expect(try await self.answer("/openapi.yaml").text?.hasPrefix("openapi: \"3.1.0\"\n") == true)
    }

    @Test(
        "The page refers to what is beside it, so that it works behind a prefix",
        arguments: [
            ("/docs", "docs/assets/swagger-ui.css", "\"openapi.json\""),
            ("/internal/api", "api/assets/swagger-ui.css", "\"../openapi.json\""),
        ]
    )
    func page(path: String, style: String, document: String) async throws {
        let page = try await self.answer(path) { $0.pagePath = path }
        #expect(page.headers["content-type"] == "text/html; charset=utf-8")
        #expect(page.text?.contains("<title>A &lt;b&gt; &amp; c</title>") == true)
        #expect(page.text?.contains("href=\"\(style)\"") == true)
        let script = try await self.answer("\(path)/start.js") { $0.pagePath = path }
        #expect(script.text?.contains("url: \(document)") == true)
    }

    @Test("Where its files were not fetched, it says what to do")
    func missing() async throws {
        let file = try await self.answer("/docs/assets/swagger-ui.css")
        #expect(file.status == .serviceUnavailable)
        #expect(file.text?.contains("tandem docs") == true)
    }

    @Test("Its files are served where they are")
    func assets() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "docs-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("body {}".utf8).write(to: folder.appending(path: "swagger-ui.css"))
        let file = try await self.answer("/docs/assets/swagger-ui.css") { $0.assets = folder.path }
        #expect(file.status == .ok)
        #expect(file.headers["content-type"]?.hasPrefix("text/css") == true)
    }

    @Test("Without a path there is no page", arguments: ["/docs", "/docs/start.js", "/docs/assets/a.css"])
    func none(path: String) async throws {
        #expect(try await self.answer(path) { $0.pagePath = nil }.status == .notFound)
    }

    @Test("An endpoint in the place of a page is a conflict that is named")
    func conflict() throws {
        let routes = Routes()
        routes.get("/docs") { _ in "mine" }
        #expect(throws: RouteConflict.self) { try routes.handler(documentation: DocumentationSettings()) }
    }
}
