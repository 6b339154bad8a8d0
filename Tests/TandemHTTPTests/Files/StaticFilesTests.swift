// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("Files of a folder")
struct StaticFilesTests {
    private let folder: TemporaryFolder

    init() throws {
        self.folder = try TemporaryFolder()
        try self.folder.write("index.html", "home")
        try self.folder.write("app.js", "plain")
        try self.folder.write("docs/index.html", "docs")
        try self.folder.write("docs/a b+c.txt", "spaces")
        try self.folder.write("docs/ünï.txt", "names")
        try self.folder.write("empty.txt", "")
        try self.folder.makeDirectory("bare")
        try self.folder.write(".well-known/security.txt", "contact")
        try self.folder.write(".well-known/.hidden", "hidden")
        try self.folder.write(".well-known-not/a.txt", "hidden")
        try self.folder.write(".hidden", "hidden")
    }

    private func files(_ change: (inout StaticFiles.Settings) -> Void = { _ in }) throws -> StaticFiles {
        var settings = StaticFiles.Settings()
        change(&settings)
        return try StaticFiles(root: self.folder.path, settings)
    }

    private func get(
        _ path: String,
        _ headers: Headers = [:],
        _ change: (inout StaticFiles.Settings) -> Void = { _ in }
    ) throws -> Response {
        try answer(try self.files(change), Request(.get, path, headers: headers))
    }

    @Test(
        "A path gives its file",
        arguments: [
            ("/", "home"), ("/index.html", "home"), ("/?a=/../b", "home"), ("/docs/", "docs"),
            ("/docs/index.html?x", "docs"), ("/docs/a%20b+c.txt", "spaces"), ("/docs/a%20b%2Bc.txt", "spaces"),
            ("/%64ocs/%69ndex.html", "docs"), ("/docs/%C3%BCn%C3%AF.txt", "names"), ("/empty.txt", ""),
            ("/.well-known/security.txt", "contact"),
        ]
    )
    func found(path: String, text: String) async throws {
        let response = try self.get(path)
        #expect(response.status == .ok)
        #expect(try await response.text() == text)
    }

    @Test("The answer says what the file is")
    func fields() throws {
        let response = try self.get("/app.js") { $0.cacheControl = "public, max-age=60" }
        #expect(response.headers["content-type"] == "text/javascript; charset=utf-8")
        #expect(response.headers["x-content-type-options"] == "nosniff")
        #expect(response.headers["accept-ranges"] == "bytes")
        #expect(response.headers["cache-control"] == "public, max-age=60")
        #expect(response.headers["etag"]?.hasPrefix("\"") == true)
        #expect(response.headers["last-modified"].flatMap { HTTPDate($0) } != nil)
        #expect(response.headers["vary"] == nil)
        #expect(response.body.length == 5)
    }

    @Test(
        "A file's type is told by its extension",
        arguments: [
            ("a.html", "text/html; charset=utf-8"), ("a.PNG", "image/png"), ("a.tar.gz", "application/gzip"),
            ("a.wasm", "application/wasm"), ("a", "application/octet-stream"), ("a.", "application/octet-stream"),
            ("html", "application/octet-stream"), ("a.unknown", "application/octet-stream"),
            ("a.json", "application/json"), ("a.svg", "image/svg+xml"), ("a.woff2", "font/woff2"),
        ]
    )
    func contentTypes(name: String, type: String) {
        #expect(ContentType.of(name.utf8) == type)
    }

    @Test("The settings overrule the table of types")
    func ownContentTypes() throws {
        let response = try self.get("/app.js") { $0.contentTypes = ["js": "application/x-mine"] }
        #expect(response.headers["content-type"] == "application/x-mine")
    }

    @Test("A directory with an index is asked for with a slash")
    func redirect() throws {
        let response = try self.get("/docs?a=1")
        #expect(response.status == .permanentRedirect)
        #expect(response.headers["location"] == "/docs/?a=1")
        #expect(try self.get("/bare").status == .notFound)
        #expect(try self.get("/bare/").status == .notFound)
    }

    @Test("The first index that is there stands for its directory")
    func indexNames() async throws {
        let response = try self.get("/") { $0.indexNames = ["home.html", "app.js", "index.html"] }
        #expect(try await response.text() == "plain")
        #expect(try self.get("/") { $0.indexNames = [] }.status == .notFound)
        #expect(try self.get("/") { $0.indexNames = ["docs"] }.status == .notFound)
    }

    @Test("HEAD is answered as GET is, and anything else with 405")
    func methods() throws {
        let files = try self.files()
        let get = try answer(files, Request(.get, "/app.js"))
        let head = try answer(files, Request(.head, "/app.js", headers: ["range": "bytes=0-1"]))
        #expect(head.status == .ok)
        #expect(head.headers == get.headers)
        for method: Method in [.post, .put, .delete, .options, "PROPFIND", "get"] {
            let response = try answer(files, Request(method, "/app.js"))
            #expect(response.status == .methodNotAllowed)
            #expect(response.headers["allow"] == "GET, HEAD")
        }
    }

    @Test("Hidden files are served where that is set")
    func hidden() throws {
        #expect(try self.get("/.hidden").status == .notFound)
        #expect(try self.get("/.well-known/.hidden").status == .notFound)
        #expect(try self.get("/.well-known-not/a.txt").status == .notFound)
        #expect(try self.get("/.hidden") { $0.servesHiddenFiles = true }.status == .ok)
        #expect(try self.get("/../.hidden") { $0.servesHiddenFiles = true }.status == .notFound)
    }

    @Test(
        "Under a prefix, the path below it is the file's",
        arguments: [
            ("/assets/app.js", Status.ok), ("/assets/", .ok), ("/assets", .permanentRedirect), ("/app.js", .notFound),
            ("/assetsapp.js", .notFound), ("/assets/docs", .permanentRedirect), ("/assets/assets/app.js", .notFound),
            ("/%61ssets/app.js", .ok), ("/", .notFound), ("/assets//app.js", .notFound),
            ("/assets/../app.js", .notFound),
        ]
    )
    func prefix(path: String, status: Status) throws {
        for prefix in ["/assets", "assets/"] {
            let response = try self.get(path) { $0.prefix = prefix }
            #expect(response.status == status)
            if status == .permanentRedirect { #expect(response.headers["location"] == path + "/") }
        }
    }

    @Test(
        "The fallback answers for paths that name no file",
        arguments: [
            ("/users/1", "home"), ("/users/1/", "home"), ("/users/john.doe", "home"), ("/bare/", "home"),
            ("/docs/", "docs"), ("/app.js", "plain"), ("/missing.js", nil), ("/logo.png", nil), ("/../x", nil),
            ("/.git/config", nil),
        ] as [(String, String?)]
    )
    func fallback(path: String, text: String?) async throws {
        let response = try self.get(path) { $0.fallback = "/index.html" }
        #expect(response.status == (text == nil ? .notFound : .ok))
        if let text { #expect(try await response.text() == text) }
    }

    @Test("What lies beside a file in a coding that the client accepts is sent")
    func precompressed() async throws {
        try self.folder.write("app.js.br", "brotli")
        try self.folder.write("app.js.gz", "gzip")
        let files = try self.files()
        var tags: Set<String> = []
        for (accepted, text, coding) in [
            ("gzip, br", "brotli", "br"), ("gzip", "gzip", "gzip"), ("zstd", "plain", nil),
        ] {
            let response = try answer(files, Request(.get, "/app.js", headers: ["accept-encoding": accepted]))
            #expect(try await response.text() == text)
            #expect(response.headers["content-encoding"] == coding)
            #expect(response.headers["content-type"] == "text/javascript; charset=utf-8")
            #expect(response.headers["vary"] == "accept-encoding")
            tags.insert(try #require(response.headers["etag"]))
        }
        #expect(tags.count == 3)
        let raw = try answer(files, Request(.get, "/app.js.gz"))
        #expect(raw.headers["content-type"] == "application/gzip")
        #expect(raw.headers["content-encoding"] == nil)
        let off = try self.get("/app.js", ["accept-encoding": "br"]) { $0.servesPrecompressed = false }
        #expect(try await off.text() == "plain")
    }

    @Test("A file that changes is another one, once the cache's lifetime is over")
    func change() async throws {
        let cached = try self.files { $0.cacheLifetime = .seconds(3600) }
        let fresh = try self.files { $0.cacheLifetime = .zero }
        let before = try answer(cached, Request(.get, "/app.js"))
        let old = try answer(fresh, Request(.get, "/app.js"))
        #expect(before.headers == old.headers)
        try self.folder.remove("app.js")
        try self.folder.write("app.js", "changed", modified: 1_000_000_000)
        let kept = try answer(cached, Request(.get, "/app.js"))
        #expect(try await kept.text() == "plain")
        let new = try answer(fresh, Request(.get, "/app.js"))
        #expect(try await new.text() == "changed")
        #expect(new.headers["etag"] != old.headers["etag"])
        #expect(new.headers["last-modified"] == "Sun, 09 Sep 2001 01:46:40 GMT")
        try self.folder.remove("app.js")
        #expect(try answer(fresh, Request(.get, "/app.js")).status == .notFound)
    }

    @Test("A date in the future is not told")
    func future() throws {
        try self.folder.write("future.txt", "x", modified: HTTPDate.now.secondsSince1970 + 100_000)
        let date = try #require(try self.get("/future.txt").headers["last-modified"].flatMap { HTTPDate($0) })
        #expect(date <= .now)
    }

    @Test("A folder that is not there is an error that says so")
    func noFolder() {
        #expect(throws: FileRootError.self) { try StaticFiles(root: "\(self.folder.path)/nowhere") }
        #expect(throws: FileRootError.self) { try StaticFiles(root: "\(self.folder.path)/app.js") }
    }
}
