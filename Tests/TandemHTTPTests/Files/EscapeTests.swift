// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Testing

@testable import TandemHTTP

@Suite("No path leads out of the folder")
struct EscapeTests {
    private static let secret = "SECRET"
    private let folder: TemporaryFolder

    init() throws {
        self.folder = try TemporaryFolder()
        try self.folder.write("secret.txt", Self.secret)
        try self.folder.write("public-too/secret.txt", Self.secret)
        try self.folder.write("public/page.html", "page")
        try self.folder.write("public/sub/inner.txt", "inner")
        try self.folder.write("public/.env", Self.secret)
        try self.folder.write("public/.git/config", Self.secret)
        try self.folder.write("public/sub/.htpasswd", Self.secret)
        try self.folder.write("public/sub/..data/x", Self.secret)
        try self.folder.link("public/out", to: "..")
        try self.folder.link("public/up.txt", to: "../secret.txt")
        try self.folder.link("public/absolute.txt", to: "\(self.folder.path)/secret.txt")
        try self.folder.link("public/etc", to: "/etc")
        try self.folder.link("public/proc", to: "/proc/self/root")
        try self.folder.link("public/loop", to: "loop")
        try self.folder.link("public/hop", to: "sub/hop")
        try self.folder.link("public/sub/hop", to: "../../secret.txt")
        try self.folder.link("public/null", to: "/dev/null")
        try self.folder.makeFifo("public/fifo")
    }

    private func files(resolvesBeneath: Bool) throws -> StaticFiles {
        let path = "\(self.folder.path)/public"
        return StaticFiles(
            root: try FileRoot(path, followsSymlinks: true, resolvesBeneath: resolvesBeneath),
            StaticFiles.Settings()
        )
    }

    private static let paths = [
        "", "*", "secret.txt", "../secret.txt", "//etc/passwd", "/etc/passwd",
        "/../secret.txt", "/./page.html", "/..", "/../", "/.", "/./", "/sub/..", "/sub/../page.html",
        "/sub/../../secret.txt", "/sub/./inner.txt", "//page.html", "/sub//inner.txt", "/page.html/", "/page.html//",
        "/page.html/.", "/page.html/..", "/page.html/../../secret.txt",
        "/%2e%2e/secret.txt", "/%2E%2E/secret.txt", "/.%2e/secret.txt", "/%2e./secret.txt", "/%2e/page.html",
        "/%2e%2e%2fsecret.txt", "/..%2fsecret.txt", "/..%2Fsecret.txt", "/sub%2f..%2f..%2fsecret.txt",
        "/sub%2finner.txt", "/%2fetc/passwd", "/%2fetc%2fpasswd", "/..%5csecret.txt", "/..%5Csecret.txt",
        "/..\\secret.txt", "/\\..\\secret.txt", "/sub\\..\\..\\secret.txt", "/%5c%5chost/share", "/c:/secret.txt",
        "/C:\\secret.txt", "/%252e%252e/secret.txt", "/%252e%252e%252fsecret.txt", "/..%252fsecret.txt",
        "/%25%32%65%25%32%65/secret.txt", "/%c0%ae%c0%ae/secret.txt", "/%c0%af..%c0%afsecret.txt",
        "/%e0%80%ae%e0%80%ae/secret.txt", "/..%c1%9csecret.txt", "/%uff0e%uff0e/secret.txt", "/．．/secret.txt",
        "/page.html%00", "/page.html%00.png", "/%00/page.html", "/../secret.txt%00.html", "/page.html\0",
        "/..;/secret.txt", "/..;a=b/secret.txt", "/%2e%2e;/secret.txt", "/.../secret.txt", "/..../secret.txt",
        "/.. /secret.txt", "/..%20/secret.txt", "/%20../secret.txt", "/..%0a/secret.txt", "/..%09/secret.txt",
        "/%", "/%2", "/%zz", "/page%2ehtml%", "/%2%65", "/page.html%20", "/page.html.", "/PAGE.HTML/..",
        "/~root", "/~/secret.txt", "/$HOME", "/file:///etc/passwd", "/http://127.0.0.1/", "/page.html::$DATA",
        "/public-too/secret.txt", "/-too/secret.txt", "/../public-too/secret.txt", "/..%2fpublic-too%2fsecret.txt",
        "/.env", "/%2eenv", "/.git/config", "/.git/", "/.git", "/sub/.htpasswd", "/sub/..data/x", "/sub/%2ehtpasswd",
        "/out/secret.txt", "/out", "/out/", "/out/public/page.html", "/up.txt", "/absolute.txt", "/etc/hostname",
        "/proc/etc/passwd", "/loop", "/loop/x", "/hop", "/sub/hop", "/null", "/fifo", "/fifo/", "/sub", "/sub/",
        "/" + String(repeating: "a", count: 300), "/" + String(repeating: "a/", count: 4000),
        String(repeating: "/..", count: 500), String(repeating: "/%2e%2e", count: 500) + "/etc/passwd",
        "/?/../secret.txt", "/..?page.html",
    ]

    @Test("A hostile path is 404, with the kernel's help and without", arguments: [true, false])
    func hostile(resolvesBeneath: Bool) async throws {
        let files = try self.files(resolvesBeneath: resolvesBeneath)
        for path in Self.paths {
            let response = try answer(files, Request(.get, path))
            #expect(response.status == .notFound, "\(path.prefix(100))")
            #expect(try await !response.text().contains(Self.secret), "\(path.prefix(100))")
        }
    }

    @Test("A hostile path is 404 where a fallback is set, or gets the fallback")
    func fallback() async throws {
        var settings = StaticFiles.Settings()
        settings.fallback = "page.html"
        let files = try StaticFiles(root: "\(self.folder.path)/public", settings)
        for path in Self.paths {
            let response = try answer(files, Request(.get, path))
            let text = try await response.text()
            #expect(response.status == .notFound || text == "page", "\(path)")
        }
    }

    @Test("Random paths of hostile pieces never reach what lies outside")
    func pieces() async throws {
        var random = SeededGenerator(seed: 4)
        let pieces = [
            "/", "..", ".", "%2e", "%2f", "%5c", "\\", "%00", "%25", "2e", "sub", "out", "etc", "up.txt", "hop",
            "secret.txt", "page.html", "public", "public-too", "proc", ".env", "//", "%c0%ae", ";", " ",
        ]
        let handlers = [try self.files(resolvesBeneath: true), try self.files(resolvesBeneath: false)]
        for _ in 0..<1500 {
            let path =
                "/"
                + (0..<Int.random(in: 1...8, using: &random)).compactMap { _ in
                    pieces.randomElement(using: &random)
                }.joined()
            for files in handlers {
                let response = try answer(files, Request(.get, path))
                let text = try await response.text()
                #expect(response.status == .notFound || text == "page", "\(path)")
            }
        }
    }

    @Test("A link is followed where it stays inside, and nowhere without the kernel's help")
    func linksInside() async throws {
        try self.folder.link("public/inside.txt", to: "sub/inner.txt")
        try self.folder.link("public/sub/back.html", to: "../page.html")
        try self.folder.link("public/directory", to: "sub")
        for path in ["/inside.txt", "/sub/back.html", "/directory/inner.txt"] {
            #expect(try answer(self.files(resolvesBeneath: true), Request(.get, path)).status == .ok, "\(path)")
            #expect(try answer(self.files(resolvesBeneath: false), Request(.get, path)).status == .notFound, "\(path)")
            var settings = StaticFiles.Settings()
            settings.followsSymbolicLinks = false
            let files = try StaticFiles(root: "\(self.folder.path)/public", settings)
            #expect(try answer(files, Request(.get, path)).status == .notFound, "\(path)")
        }
    }

    @Test("A folder that is moved while it is served stays the same folder")
    func moved() async throws {
        let files = try self.files(resolvesBeneath: true)
        try self.folder.move("public", to: "elsewhere")
        try self.folder.link("public", to: ".")
        #expect(try await answer(files, Request(.get, "/page.html")).text() == "page")
        #expect(try answer(files, Request(.get, "/secret.txt")).status == .notFound)
    }
}
