// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("Files of a folder, in front of other things")
struct StaticFilesMiddlewareTests {
    private let folder: TemporaryFolder

    init() throws {
        self.folder = try TemporaryFolder()
        try self.folder.write("app.js", "plain")
        try self.folder.write("docs/index.html", "docs")
        try self.folder.write(".env", "secret")
        try self.folder.write("index.html", "home")
    }

    /// What answers, files or routes, at once and in time.
    private func answer(_ method: Method, _ target: String, _ headers: Headers = [:]) async throws -> (Status, String?)
    {
        var settings = StaticFiles.Settings()
        settings.prefix = "/assets"
        settings.fallback = "index.html"
        let files = try StaticFiles(root: self.folder.path, settings)
        let request = Request(method, target, headers: headers)
        let routes = ImmediateHandler { _ in Response("routes") }.wrapped(in: [files])
        let slow = ClosureHandler { _ in Response("routes") }.wrapped(in: [files])
        let response = try #require(try routes.respondImmediately(to: request))
        let text = try await response.text()
        let later = try await slow.respond(to: request)
        #expect(later.status == response.status)
        #expect(try await later.text() == text)
        return (response.status, text)
    }

    @Test(
        "A file is served where there is one, and else the request goes on",
        arguments: [
            (.get, "/assets/app.js", 200, "plain"), (.get, "/assets/docs/", 200, "docs"),
            (.get, "/assets/docs", 308, ""),
            (.get, "/assets/", 200, "home"), (.get, "/assets/missing.js", 200, "routes"),
            (.get, "/assets/a/page", 200, "routes"), (.get, "/app.js", 200, "routes"), (.get, "/", 200, "routes"),
            (.post, "/assets/app.js", 200, "routes"), (.get, "/assets/.env", 200, "routes"),
            (.get, "/assets/../app.js", 200, "routes"), (.get, "/assets/%2e%2e/app.js", 200, "routes"),
            (.options, "*", 200, "routes"),
        ] as [(Method, String, Status, String)]
    )
    func serves(method: Method, target: String, status: Status, text: String) async throws {
        let answer = try await self.answer(method, target)
        #expect(answer.0 == status)
        #expect(answer.1 == text)
    }

    @Test("A client that has the file is told so")
    func conditions() async throws {
        let files = try StaticFiles(root: self.folder.path)
        let handler = ImmediateHandler { _ in Response("routes") }.wrapped(in: [files])
        let tag = try #require(try handler.respondImmediately(to: Request(.get, "/app.js"))?.headers["etag"])
        let request = Request(.get, "/app.js", headers: ["if-none-match": tag])
        #expect(try handler.respondImmediately(to: request)?.status == .notModified)
    }
}
