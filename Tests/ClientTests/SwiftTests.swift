// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TandemAPI
import Testing

@Suite("The Swift client calls a server")
struct SwiftTests {
    @Test("Values, errors, streams, uploads and credentials, as a program of Foundation alone")
    func everything() async throws {
        let swiftc = try Tool("swiftc")
        try await withTemporaryFolder { folder in
            let routes = FixtureRoutes(files: [:])
            try folder.write(GeneratedClient(of: routes.document, in: .swift), beside: "checks.swift")
            let options = ["-swift-version", "6", "-warnings-as-errors", "-parse-as-library", "-Onone", "-o", "checks"]
            let files = ["Client.swift", "checks.swift"]
            try await swiftc.check(options + files, in: folder)
            let checks = try Tool(folder.appending(path: "checks").path)
            try await withServer(routes.handler()) { url in
                let found = try await checks.check([url], in: folder)
                #expect(found == "finished\n")
            }
        }
    }
}

extension URL {
    /// Writes a client into this folder, beside a program that calls it.
    func write(_ client: GeneratedClient, beside program: String) throws {
        for file in client.files { try Data(file.text.utf8).write(to: self.appending(path: file.name)) }
        let programs = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Programs")
        try FileManager.default.copyItem(at: programs.appending(path: program), to: self.appending(path: program))
    }
}
