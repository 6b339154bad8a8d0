// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import Foundation
import TandemHTTP
import TandemServer
import Testing

@Suite("Real clients of HTTP/2 with prior knowledge", .timeLimit(.minutes(1)))
struct HTTP2ClientsTests {
    private struct Handler: TandemHTTP.Handler {
        func respond(to request: Request) async throws -> Response {
            switch request.path {
            case "/large":
                return Response(contentType: "application/octet-stream") { writer in
                    let part = Bytes([UInt8](repeating: 7, count: 100_000))
                    for _ in 0..<100 { try await writer.write(part) }
                }
            case "/count":
                var count = 0
                for try await bytes in request.body { count += bytes.count }
                return Response("\(request.version) \(count)")
            default:
                return Response("\(request.method) \(request.version)")
            }
        }
    }

    private static let curlArguments = ["-sS", "--http2-prior-knowledge", "--max-time", "30"]

    @Test("curl asks, uploads and downloads", .enabled(if: Subprocess.isInstalled("curl"), "curl is not installed"))
    func curl() async throws {
        try await withServer(.test { $0.limits.body = 64 << 20 }, Handler()) { address in
            let get = try await Subprocess.run("curl", Self.curlArguments + ["\(address)/", "\(address)/"])
            #expect(get.output == "GET HTTP/2GET HTTP/2")
            let upload = try await Subprocess.run(
                "curl", Self.curlArguments + ["--data-binary", "@-", "\(address)/count"],
                input: String(repeating: "x", count: 20_000_000))
            #expect(upload.output == "HTTP/2 20000000")
            let download = try await Subprocess.run(
                "curl", Self.curlArguments + ["-o", "/dev/null", "-w", "%{size_download}", "\(address)/large"])
            #expect(download.output == "10000000")
        }
    }

    @Test("nghttp asks many times at once", .enabled(if: Subprocess.isInstalled("nghttp"), "nghttp is not installed"))
    func nghttp() async throws {
        try await withServer(.test(), Handler()) { address in
            let result = try await Subprocess.run("nghttp", ["-m", "20", "\(address)/"])
            #expect(result.status == 0)
            #expect(result.output == String(repeating: "GET HTTP/2", count: 20))
        }
    }

    @Test("h2load loses no request", .enabled(if: Subprocess.isInstalled("h2load"), "h2load is not installed"))
    func h2load() async throws {
        try await withServer(.test(), Handler()) { address in
            let result = try await Subprocess.run("h2load", ["-n", "2000", "-c", "4", "-m", "16", "\(address)/"])
            #expect(result.output.contains("2000 succeeded, 0 failed, 0 errored, 0 timeout"))
        }
    }

    @Test("httpx asks and uploads", .enabled(if: Subprocess.python != nil, "no Python environment: run Scripts/setup test"))
    func httpx() async throws {
        let script = """
            import httpx, sys
            with httpx.Client(http1=False, http2=True) as client:
                for _ in range(3):
                    print(client.get(sys.argv[1] + "/").text)
                print(client.post(sys.argv[1] + "/count", content=b"x" * 3_000_000).text)
            """
        try await withServer(.test(), Handler()) { address in
            let result = try await Subprocess.run(
                Subprocess.python ?? "python3", ["-c", script, address.description])
            #expect(result.output == "GET HTTP/2\nGET HTTP/2\nGET HTTP/2\nHTTP/2 3000000\n")
        }
    }
}
#endif
