// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem
import TandemTesting
import Testing

@testable import Helpdesk

@Suite("Another program's fuzzer finds nothing that the help desk's document does not say")
struct SchemathesisTests {
    @Test("Every check of schemathesis holds on every endpoint", .timeLimit(.minutes(5)))
    func everyCheck() async throws {
        var helpdesk = Helpdesk()
        helpdesk.streamLifetime = .zero
        let output = try await helpdesk.app().serve { url in
            try await Tool.run(
                ".tools/python/bin/schemathesis",
                "--config-file", "Tests/HelpdeskTests/schemathesis.toml", "--no-color",
                "run", "\(url)/openapi.json", "--checks", "all", "--seed", "1", "--max-examples", "20"
            )
        }
        #expect(output.isSuccess, "\(output.text)")
    }
}
