// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem
import TandemTesting
import Testing

@testable import Helpdesk

@Suite("The documentation page works in a browser, without the internet")
struct DocumentationPageTests {
    @Test("It shows the endpoints, and calls one", .timeLimit(.minutes(2)))
    func call() async throws {
        let browser = try await Tool.run("which", "chromium-headless-shell").text.split(separator: "\n").first
        let path = try #require(browser.map(String.init), "chromium-headless-shell is missing: run Scripts/setup test")
        let output = try await Helpdesk().app().serve { url in
            try await Tool.run(
                ".tools/python/bin/python",
                "Tests/HelpdeskTests/docs_page.py",
                url,
                path,
                ".build/documentation-page.png"
            )
        }
        #expect(output.text == "status 201\nsubject True\noutside []\nfaults []\n")
    }
}
