// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem
import TandemTesting
import TestServers
import Testing

@testable import Depot

@Suite("Another program's fuzzer finds nothing that the depot's document does not say")
struct SchemathesisTests {
    @Test("On SQLite", .timeLimit(.minutes(5)))
    func sqlite() async throws { try await self.everyCheck("sqlite::memory:") }

    #if os(Linux) && PostgreSQL
    @Test(
        "On PostgreSQL",
        .timeLimit(.minutes(5)),
        .enabled(if: PostgreSQLServer.isInstalled, "needs PostgreSQL: Scripts/setup test")
    )
    func postgreSQL() async throws { try await self.everyCheck(try PostgreSQLServer().url) }
    #endif

    private func everyCheck(_ database: String) async throws {
        let output = try await DepotTests.depot(database).app().serve { url in
            try await Tool.run(
                ".tools/python/bin/schemathesis",
                "--no-color",
                "run",
                "\(url)/openapi.json",
                "--checks",
                "all",
                "--seed",
                "1",
                "--max-examples",
                "15"
            )
        }
        #expect(output.isSuccess, "\(output.text)")
    }
}
