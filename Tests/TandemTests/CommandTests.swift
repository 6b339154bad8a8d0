// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Testing

@testable import Tandem

@Suite("An application's program does what it is told")
struct CommandTests {
    private func app() -> App {
        let app = App(Tandem.Configuration())
        app.configuration.documentation?.info.title = "Told"
        app.get("/hello/{name}") { call in "Hello, \(call.path["name"] ?? "")!" }
        return app
    }

    private func output(_ arguments: String...) async throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "output-\(UUID())")
        defer { try? FileManager.default.removeItem(at: file) }
        try await self.app().run(arguments + ["--output", file.path])
        return String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }

    @Test(
        "`openapi` writes the document",
        arguments: [("json", "{\"openapi\":\"3.1.0\""), ("yaml", "openapi: \"3.1.0\"")]
    )
    func openapi(format: String, start: String) async throws {
        let text = try await self.output("openapi", "--format", format)
        #expect(text.hasPrefix(start))
        #expect(text.contains("Told"))
        #expect(text.contains("/hello/{name}"))
    }

    @Test("`client` writes a client", arguments: ["typescript", "python", "swift"])
    func client(language: String) async throws {
        let text = try await self.output("client", language)
        #expect(text.contains("Told"))
        #expect(text.contains("hello"))
    }

    @Test(
        "What is not understood is said",
        arguments: [["fly"], ["client", "cobol"], ["openapi", "--format", "xml"], ["serve", "--port", "70000"]]
    )
    func mistakes(arguments: [String]) async {
        await #expect(throws: (any Error).self) { try await self.app().run(arguments) }
    }

    @Test("A file that cannot be written is named")
    func unwritable() async {
        let error = await #expect(throws: OutputError.self) {
            try await self.app().run(["openapi", "--output", "/nowhere/at/all.json"])
        }
        #expect(error?.description.hasPrefix("Cannot write /nowhere/at/all.json: there is no such folder.") == true)
    }

    struct Folderless: Application {
        var configuration: Tandem.Configuration { Tandem.Configuration() }

        func build(_ app: App) throws { try app.files("/assets", directory: "/nowhere/at/all") }
    }

    @Test("An application that cannot be built says why in a line, and does not crash")
    func unbuildable() async {
        let result = await #expect(processExitsWith: .exitCode(1), observing: [\.standardErrorContent]) {
            await Folderless.main()
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(text.hasPrefix("Error: The folder /nowhere/at/all cannot be served"))
    }

    @Test("`serve` does not start with settings that it does not understand")
    func settings() async {
        let app = self.app()
        app.configuration.mistakes = ["PORT is \"x\"."]
        await #expect(throws: ConfigurationError.self) { try await app.run(["serve", "--port", "0"]) }
    }
}
