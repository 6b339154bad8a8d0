// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import Testing

/// Answers with files of a folder.
@API("/reports") private struct Reports {
    let folder: String

    @GET("{name}") func report(name: String) -> File {
        File("\(self.folder)/\(name)", cacheControl: "no-store", downloadName: "Bericht für 2026.txt")
    }

    @GET("typed") func typed() -> File { File("\(self.folder)/a.txt", contentType: "application/x-report") }
}

@Suite("Files are answered, whole and in parts")
struct FileResultTests {
    private let files: TemporaryFiles
    private let handler: any Handler

    init() throws {
        self.files = try TemporaryFiles([
            "a.txt": "0123456789", "web/index.html": "<p>home", "web/css/a.css": "p {}", "web/.secret": "s",
            "secret.txt": "s",
        ])
        var settings = StaticFiles.Settings()
        settings.cacheControl = "public, max-age=60"
        let routes = Routes()
        routes.mount(Reports(folder: self.files.path))
        try routes.group("/v1/{tenant}") { [files] group in
            try group.files("/web", directory: "\(files.path)/web", settings)
            group.get("/web/version") { _ in "7" }
        }
        self.handler = try routes.handler()
    }

    private func answer(_ request: Request) async throws -> (Response, String) {
        do {
            let response = try await self.handler.respond(to: request)
            let body = StreamedBody()
            try await body.serve(response).value
            return (response, await body.text)
        } catch let error as HTTPError {
            return (error.response, error.code.rawValue)
        }
    }

    @Test("A file has its type, its name and its validators")
    func whole() async throws {
        let (response, text) = try await self.answer(Request(.get, "/reports/a.txt"))
        #expect(text == "0123456789")
        #expect(response.headers["content-type"] == "text/plain; charset=utf-8")
        #expect(response.headers["cache-control"] == "no-store")
        #expect(response.headers["etag"] != nil)
        #expect(
            response.headers["content-disposition"]
                == "attachment; filename=\"Bericht f_r 2026.txt\"; filename*=UTF-8''Bericht%20f%C3%BCr%202026.txt"
        )
        let (typed, _) = try await self.answer(Request(.get, "/reports/typed"))
        #expect(typed.headers["content-type"] == "application/x-report")
        #expect(typed.headers["content-disposition"] == nil)
    }

    @Test(
        "Ranges, conditions and HEAD are heeded",
        arguments: [
            (.get, ["range": "bytes=2-4"], 206, "234"), (.get, ["range": "bytes=-3"], 206, "789"),
            (.get, ["range": "bytes=10-"], 416, "range-not-satisfiable"),
            (.get, ["if-match": "\"x\""], 412, "precondition-failed"),
            (.get, ["if-modified-since": "Fri, 31 Dec 2100 23:59:59 GMT"], 304, ""),
        ] as [(TandemHTTP.Method, Headers, Int, String)]
    )
    func parts(method: TandemHTTP.Method, headers: Headers, status: Int, text: String) async throws {
        let answer = try await self.answer(Request(method, "/reports/a.txt", headers: headers))
        #expect(answer.0.status == Status(status))
        if !text.isEmpty { #expect(answer.1 == text) }
    }

    @Test("A file that there is not is 404")
    func missing() async throws {
        let (response, code) = try await self.answer(Request(.get, "/reports/b.txt"))
        #expect(response.status == .notFound && code == "no-such-file")
    }

    @Test(
        "The files of a folder are below a path, and nothing else is",
        arguments: [
            ("/v1/x/web/css/a.css", 200, "p {}"), ("/v1/a%20b/web/css/a.css?v=1", 200, "p {}"),
            ("/v1/x/web/", 200, "<p>home"), ("/v1/x/web/version", 200, "7"), ("/v1/x/web", 404, "no-such-route"),
            ("/v1/x/web/css", 404, "no-such-file"), ("/v1/x/web/none", 404, "no-such-file"),
            ("/v1/x/web/.secret", 404, "no-such-file"), ("/v1/x/web/../secret.txt", 404, "no-such-file"),
            ("/v1/x/web/%2e%2e/secret.txt", 404, "no-such-file"), ("/v1/x/web/css%2Fa.css", 404, "no-such-file"),
            ("/v1/x%2Fy/web/css/a.css", 404, "no-such-file"), ("/v1/x/web//secret.txt", 404, "no-such-file"),
        ]
    )
    func folder(target: String, status: Int, text: String) async throws {
        let answer = try await self.answer(Request(.get, target))
        #expect(answer.0.status == Status(status))
        #expect(answer.1 == text)
    }

    @Test("The files of a folder have ranges, HEAD and their own fields; they cannot be written")
    func folderMethods() async throws {
        let target = "/v1/x/web/css/a.css"
        let part = try await self.answer(Request(.get, target, headers: ["range": "bytes=2-"]))
        #expect(part.0.status == .partialContent && part.1 == "{}")
        #expect(part.0.headers["cache-control"] == "public, max-age=60")
        #expect(try await self.answer(Request(.head, target)).0.status == .ok)
        let put = try await self.answer(Request(.put, target))
        #expect(put.0.status == .methodNotAllowed)
        #expect(put.0.headers["allow"] == "GET, HEAD, OPTIONS")
    }

    @Test("A folder that there is not is an error at the start")
    func noFolder() {
        let routes = Routes()
        #expect(throws: FileRootError.self) { try routes.files("/", directory: "\(self.files.path)/none") }
    }
}
