// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// curl over HTTP/1.1 against a server in a process of its own.
@Suite(.enabled(if: Subprocess.isInstalled("curl"), "curl is not installed (make setup)"), .timeLimit(.minutes(1)))
struct CurlTests {
    private func curl(_ arguments: String...) async throws -> String {
        let result = try await Subprocess.run("curl", ["-sS", "--http1.1", "--max-time", "30"] + arguments)
        #expect(result.status == 0, "\(arguments): \(result.output)")
        return result.output
    }

    @Test("GET and HEAD, on one connection")
    func getAndHead() async throws {
        try await FixtureProcess.running { fixture async throws in
            let format = "%{http_code} %{http_version} %{size_download} %{num_connects}\n"
            let gets = try await self.curl("-o", "/dev/null", "-o", "/dev/null", "-w", format, fixture.url, fixture.url)
            #expect(gets == "200 1.1 13 1\n200 1.1 13 0\n")
            let head = try await self.curl("-I", fixture.url)
            #expect(head.contains("content-length: 13\r\n"))
            #expect(head.hasSuffix("\r\n\r\n"))
        }
    }

    @Test("HTTP/1.0")
    func oldVersion() async throws {
        try await FixtureProcess.running { fixture async throws in
            #expect(try await self.curl("--http1.0", fixture.url) == "Hello, World!")
        }
    }

    @Test("Ranges of a file, and its condition")
    func ranges() async throws {
        try await withTemporaryFolder { folder in
            let text = String((0..<100_000).map { Character(UnicodeScalar(UInt8(97 + $0 % 26))) })
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/a.txt"))
            try await FixtureProcess.running(files: folder) { fixture async throws in
                let file = "\(fixture.url)/file/a.txt"
                #expect(try await self.curl(file) == text)
                #expect(try await self.curl("-r", "0-4", file) == "abcde")
                #expect(try await self.curl("-r", "99990-", file) == text.suffix(10))
                #expect(try await self.curl("-r", "-3", file) == text.suffix(3))
                let status = ["-o", "/dev/null", "-w", "%{http_code}"]
                #expect(try await self.curl(status[0], status[1], status[2], status[3], "-r", "200000-", file) == "416")
                let tag = "\(folder)/etag"
                #expect(try await self.curl("--etag-save", tag, file) == text)
                #expect(
                    try await self.curl(status[0], status[1], status[2], status[3], "--etag-compare", tag, file)
                        == "304"
                )
            }
        }
    }

    @Test("Uploads: of a length after 100-continue, in chunks, and from a pipe", arguments: [100, 5_000_000])
    func uploads(size: Int) async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/body"
            try Data(repeating: 7, count: size).write(to: URL(fileURLWithPath: path))
            try await FixtureProcess.running { fixture async throws in
                let upload = "\(fixture.url)/upload"
                #expect(try await self.curl("-T", path, upload) == "\(size)")
                #expect(try await self.curl("-H", "Expect: 100-continue", "-T", path, upload) == "\(size)")
                #expect(try await self.curl("-H", "Transfer-Encoding: chunked", "-T", path, upload) == "\(size)")
                #expect(try await self.curl("--data-binary", "@\(path)", upload) == "\(size)")
                let format = "%{size_download} %{http_code}"
                let echoed = try await self.curl("-o", "/dev/null", "-w", format, "-T", path, "\(fixture.url)/echo")
                #expect(echoed == "\(size) 200")
            }
        }
    }
}
