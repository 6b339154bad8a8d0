// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

/// Load generators and clients of others, against a server in a process of its own.
@Suite(.timeLimit(.minutes(1)))
struct LoadGeneratorTests {
    @Test(
        "wrk sees no error",
        .enabled(if: Subprocess.isInstalled("wrk"), "wrk is not installed (make setup)"),
        arguments: ["/", "/bytes/100000", "/slow"]
    )
    func wrk(path: String) async throws {
        try await FixtureProcess.running { fixture async throws in
            let result = try await Subprocess.run("wrk", ["-d", "1", "-c", "32", "-t", "1", fixture.url + path])
            #expect(result.status == 0)
            #expect(result.output.contains("requests in"))
            // It prints these lines where there is something to count.
            #expect(!result.output.contains("Socket errors"), "\(result.output)")
            #expect(!result.output.contains("Non-2xx"), "\(result.output)")
        }
    }

    @Test(
        "h2load over HTTP/1.1 loses no request",
        .enabled(if: Subprocess.isInstalled("h2load"), "h2load is not installed (make setup)")
    )
    func h2load() async throws {
        try await FixtureProcess.running { fixture async throws in
            let result = try await Subprocess.run("h2load", ["--h1", "-n", "5000", "-c", "32", fixture.url + "/"])
            #expect(result.output.contains("5000 succeeded, 0 failed, 0 errored, 0 timeout"), "\(result.output)")
        }
    }

    private static let script = """
        import httpx, sys
        url = sys.argv[1]
        with httpx.Client() as client:
            assert client.get(url + "/").text == "Hello, World!"
            assert client.head(url + "/").headers["content-length"] == "13"
            assert client.post(url + "/upload", content=b"x" * 1_000_000).text == "1000000"
            parts = (b"y" * 1000 for _ in range(1000))
            assert client.post(url + "/upload", content=parts).text == "1000000"
            assert client.post(url + "/echo", content=b"hello").content == b"hello"
            with client.stream("GET", url + "/bytes/1000000") as response:
                assert sum(len(part) for part in response.iter_raw()) == 1_000_000
            assert client.get(url + "/nowhere").json()["status"] == 404
        print("done")
        """

    @Test("httpx", .enabled(if: Subprocess.python != nil, "Python's httpx is not installed (make setup)"))
    func httpx() async throws {
        let python = try #require(Subprocess.python)
        try await FixtureProcess.running { fixture async throws in
            let result = try await Subprocess.run(python, ["-c", Self.script, fixture.url])
            #expect(result.output == "done\n")
        }
    }
}
