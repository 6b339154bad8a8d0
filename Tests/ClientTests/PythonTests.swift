// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TandemAPI
import Testing

@Suite("The Python client calls a server")
struct PythonTests {
    @Test("Values, errors, streams, uploads and credentials, as mypy and Python see them")
    func everything() async throws {
        let mypy = try Tool.inPythonEnvironment("mypy")
        let python = try Tool("python3")
        try await withTemporaryFolder { folder in
            let routes = FixtureRoutes(files: [:])
            try folder.write(GeneratedClient(of: routes.document, in: .python), beside: "checks.py")
            try await mypy.check(["--strict", "--cache-dir", Tool.cache, "client.py", "checks.py"], in: folder)
            try await withServer(routes.handler()) { url in
                let found = try await python.check(["checks.py", url], in: folder)
                #expect(found == "all is well\n")
            }
        }
    }
}
