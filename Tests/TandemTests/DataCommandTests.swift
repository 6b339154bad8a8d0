// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import TandemData
import TandemSchema
import Testing

@testable import Tandem

@Model("notes") struct Note: Equatable {
    @ID var id: Int64
    var text: String
    var isRead: Bool = false
}

@Model("notes") struct TaggedNote: Equatable {
    @ID var id: Int64
    var body: String
    var isRead: Bool = false
    var stars: Int
}

@Suite("An application's program cares for its database")
struct DataCommandTests {
    /// A folder that is gone after a test.
    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = "\(FileManager.default.temporaryDirectory.path)/commands-\(UUID())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    /// Runs a command of a new application, as a process of its own would.
    private func run(_ folder: String, _ model: any Model.Type = Note.self, _ arguments: String...) async throws {
        let app = App(Tandem.Configuration())
        app.configuration.database.url = "sqlite:\(folder)/app.sqlite"
        _ = try app.database(model, migrations: "\(folder)/Migrations")
        try await app.run(arguments)
    }

    private func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    @Test("Migrations are made, applied, checked and undone")
    func migrate() async throws {
        try await self.withFolder { folder in
            try await self.run(folder, Note.self, "migrate", "make", "begin")
            #expect(try self.text("\(folder)/Migrations/0001_begin.migration").hasPrefix("create table notes\n"))
            await #expect(throws: ExitCode.self) { try await self.run(folder, Note.self, "migrate", "check") }
            try await self.run(folder, Note.self, "migrate", "up", "--dry-run")
            await #expect(throws: ExitCode.self) { try await self.run(folder, Note.self, "migrate", "check") }
            try await self.run(folder, Note.self, "migrate", "up")
            try await self.run(folder, Note.self, "migrate", "status")
            try await self.run(folder, Note.self, "migrate", "check")
            try await self.run(folder, Note.self, "migrate", "down")
            await #expect(throws: ExitCode.self) { try await self.run(folder, Note.self, "migrate", "check") }
        }
    }

    @Test("What the models do not tell is told by options; without them it is said which")
    func answers() async throws {
        try await self.withFolder { folder in
            try await self.run(folder, Note.self, "migrate", "make", "begin")
            let error = await #expect(throws: DatabaseError.self) {
                try await self.run(folder, TaggedNote.self, "migrate", "make", "body", "--rename", "notes.text=body")
            }
            #expect(error?.message.contains("--fill notes.stars=VALUE") == true)
            try await self.run(
                folder,
                TaggedNote.self,
                "migrate",
                "make",
                "body",
                "--rename",
                "notes.text=body",
                "--fill",
                "notes.stars=3"
            )
            let text = try self.text("\(folder)/Migrations/0002_body.migration")
            #expect(
                text == "rename column notes.text to body\nadd column notes.stars integer fill 3\n"
            )
        }
    }

    @Test("Models are written for the tables, and the file is copied")
    func inspectAndBackup() async throws {
        try await self.withFolder { folder in
            try await self.run(folder, Note.self, "migrate", "make", "begin")
            try await self.run(folder, Note.self, "migrate", "up")
            try await self.run(folder, Note.self, "inspect", "--output", "\(folder)/Models.swift")
            #expect(
                try self.text("\(folder)/Models.swift") == """
                    import Tandem

                    @Model("notes") struct Note {
                        @ID var id: Int64
                        var text: String
                        var isRead: Bool = false
                    }

                    """
            )
            try await self.run(folder, Note.self, "backup", "\(folder)/copy.sqlite")
            let copy = "sqlite:\(folder)/copy.sqlite"
            try await self.run(folder, Note.self, "inspect", "notes", "--url", copy, "--output", "\(folder)/Copy.swift")
            #expect(try self.text("\(folder)/Copy.swift") == self.text("\(folder)/Models.swift"))
        }
    }

    @Test("An application without a database says so")
    func none() async throws {
        for arguments in [["migrate", "up"], ["inspect"], ["backup", "x"]] {
            await #expect(throws: NoDatabase.self) { try await App(Tandem.Configuration()).run(arguments) }
        }
    }

    @Test(
        "What is not understood is said",
        arguments: [
            ["migrate", "make"], ["migrate", "make", "x", "--fill", "a"], ["migrate", "make", "x", "--rename", "=b"],
            ["migrate", "fly"], ["backup"],
        ]
    )
    func mistakes(arguments: [String]) async {
        await #expect(throws: (any Error).self) { try await App(Tandem.Configuration()).run(arguments) }
    }
}
