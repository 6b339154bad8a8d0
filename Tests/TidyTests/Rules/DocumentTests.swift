// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("The documents hold what they promise")
struct DocumentTests {
    @Test(
        "The documents are there",
        arguments: [
            "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE",
            "Documentation/errors.md", "Documentation/http-server.md",
        ]
    )
    func exists(path: String) throws {
        #expect(try Repository.file(path).text.count > 200)
    }

    @Test("The change log has a place for what is not released")
    func changeLog() throws {
        #expect(try Repository.file("CHANGELOG.md").text.contains("\n## [Unreleased]\n"))
    }

    @Test("The README has the two commands and a place for the figures")
    func readme() throws {
        let text = try Repository.file("README.md").text
        for part in ["make run", "make test", "<!-- bench:http -->", "<!-- /bench:http -->"] {
            #expect(text.contains(part), "README.md lacks \(part)")
        }
    }

    @Test("The map names every target")
    func map() throws {
        let map = try Repository.file("ARCHITECTURE.md").text
        for target in LayerTests.layers.joined() where Repository.exists("Sources/\(target)") {
            #expect(map.contains("`\(target)`"), "ARCHITECTURE.md does not say what \(target) is for")
        }
    }

    @Test(
        "Every setting is in the guide",
        arguments: [
            "Sources/TandemHTTP/Message/Limits.swift", "Sources/TandemHTTP/Forms/FormLimits.swift",
            "Sources/TandemServer/ServerConfiguration.swift",
        ]
    )
    func settings(path: String) throws {
        let guide = try Repository.file("Documentation/http-server.md").text
        let lines = try Repository.file(path).lines.filter { $0.text.hasPrefix("    public var ") }
        #expect(!lines.isEmpty)
        for line in lines {
            let name = line.text.dropFirst("    public var ".count).prefix { $0.isLetter }
            #expect(guide.contains("`\(name)`"), "Documentation/http-server.md does not say what `\(name)` is for")
        }
    }

    @Test("A relative link leads to a file")
    func links() {
        expectNone(
            Repository.documents.flatMap { file in
                file.lines.flatMap { line in
                    line.text.split(separator: "](").dropFirst().compactMap { rest -> Finding? in
                        let link = rest.prefix { $0 != ")" && $0 != "#" }
                        if link.isEmpty || link.contains("://") || link.hasPrefix("mailto:") { return nil }
                        let folder = file.path.split(separator: "/").dropLast().map { "\($0)/" }.joined()
                        if Repository.exists(folder + link) { return nil }
                        return Finding(file.path, line: line.number, "there is no \(link)")
                    }
                }
            }
        )
    }
}
