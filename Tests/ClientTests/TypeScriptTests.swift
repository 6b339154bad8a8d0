// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TandemAPI
import TandemSchema
import Testing

@Suite("The TypeScript client calls a server from Node and from a browser")
struct TypeScriptTests {
    /// A page that is loaded once everything is found: its picture comes no sooner.
    private static let page = """
        <!doctype html><meta charset="utf-8"><pre id="found">unfinished</pre><img src="finished" alt="">
        <script type="module">
        import { check } from "./checks.js";
        const failures = await check(location.origin, true).catch((error) => [String(error)]);
        document.getElementById("found").textContent = failures.join("\\n") || "all is well";
        await fetch("finish");
        </script>
        """

    /// The options that the documentation promises.
    static let options = [
        "--strict", "--target", "es2022", "--module", "es2022", "--lib", "es2022,dom,dom.iterable",
        "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes", "--noImplicitOverride", "--noImplicitReturns",
        "--noPropertyAccessFromIndexSignature",
    ]

    @Test("Values, errors, streams, uploads, credentials and cancellation, as tsc, Node and Chromium see them")
    func everything() async throws {
        let (tsc, node) = (try Tool("tsc"), try Tool("node"))
        let browser = try Tool("chromium-headless-shell", "chromium")
        try await withTemporaryFolder { folder in
            let client = try GeneratedClient(of: FixtureRoutes(files: [:]).document, in: .typescript).files[0]
            try Data(client.text.utf8).write(to: folder.appending(path: client.name))
            let checks = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Programs/checks.ts")
            try FileManager.default.copyItem(at: checks, to: folder.appending(path: "checks.ts"))
            try await tsc.check(Self.options + ["--outDir", "out", "client.ts", "checks.ts"], in: folder)
            let out = folder.appending(path: "out")
            try Data(#"{"type":"module"}"#.utf8).write(to: out.appending(path: "package.json"))
            var files = ["index.html": Self.page]
            for name in ["client.js", "checks.js"] {
                files[name] = try String(contentsOf: out.appending(path: name), encoding: .utf8)
            }
            try await withServer(FixtureRoutes(files: files).handler()) { url in
                let program = """
                    import { check } from "./checks.js";
                    const failures = await check("\(url)", false);
                    console.log(failures.join("\\n") || "all is well");
                    """
                let found = try await node.check(["--input-type=module", "--eval", program], in: out)
                #expect(found == "all is well\n")
                let arguments = [
                    "--headless", "--no-sandbox", "--disable-gpu", "--timeout=30000", "--dump-dom",
                    "\(url)/app/index.html",
                ]
                let page = try await browser.run(arguments, in: folder).output
                #expect(page.contains(#"<pre id="found">all is well</pre>"#), "\(page)")
            }
        }
    }
}
