// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem
import TandemTesting
import Testing

@testable import Depot

@Suite("The pages work in a browser, on a phone too")
struct PagesTests {
    @Test("A visitor finds a package and reviews it", .timeLimit(.minutes(3)))
    func visit() async throws {
        let browser = try await Tool.run("which", "chromium-headless-shell").text.split(separator: "\n").first
        let path = try #require(browser.map(String.init), "chromium-headless-shell is missing: run Scripts/setup test")
        let output = try await DepotTests.depot().app().serve { url in
            try await Tool.run(".tools/python/bin/python", "Tests/DepotTests/Pages/pages.py", url, path, ".build")
        }
        #expect(output.text == "cards True\nfaults []\n")
    }
}
