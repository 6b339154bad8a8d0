// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if TLS
import TandemHTTP
import TandemServer
import Testing

@Suite(
    "TLS",
    .timeLimit(.minutes(1)),
    .enabled(if: Subprocess.isInstalled("openssl") && Subprocess.isInstalled("curl"), "needs openssl and curl")
)
struct TLSTests {
    /// Says how it was asked, and sends a file by its path.
    private struct Handler: TandemHTTP.Handler {
        func respond(to request: Request) async throws -> Response {
            if request.path == "/large" {
                return Response(contentType: "application/octet-stream") { writer in
                    let part = Bytes([UInt8](repeating: 7, count: 100_000))
                    for _ in 0..<100 { try await writer.write(part) }
                }
            }
            let body = try await request.body.collect(upTo: 1_000_000)
            return Response("\(request.version) \(request.connection.isSecure) \(body.count)\n")
        }
    }

    private func withTLSServer<Result: Sendable>(
        _ settings: TLSSettings,
        _ change: (inout ServerConfiguration) -> Void = { _ in },
        _ body: (BoundAddress) async throws -> Result
    ) async throws -> Result {
        let configuration = ServerConfiguration.test {
            $0.listeners = [.tcp(port: 0, tls: settings)]
            change(&$0)
        }
        return try await withServer(configuration, Handler(), body)
    }

    private func curl(_ arguments: String...) async throws -> Subprocess {
        try await Subprocess.run("curl", ["-sS", "--max-time", "20"] + arguments)
    }

    @Test(
        "A client is answered in the protocol that it chose",
        arguments: [("--http1.1", "HTTP/1.1"), ("--http2", "HTTP/2")]
    )
    func protocols(option: String, version: String) async throws {
        #if !HTTP2
        let version = "HTTP/1.1"
        #endif
        try await withTemporaryFolder { folder in
            let certificate = try await TestCertificate.make("localhost", in: folder)
            try await self.withTLSServer(TLSSettings(certificate: certificate.files)) { address in
                #expect(address.description.hasPrefix("https://127.0.0.1:"))
                let url = "\(address)/"
                let get = try await self.curl(option, "--cacert", certificate.chain, url, url)
                #expect(get.output == "\(version) true 0\n\(version) true 0\n")
                let body = String(repeating: "x", count: 500_000)
                let post = try await Subprocess.run(
                    "curl",
                    ["-sS", option, "--cacert", certificate.chain, "--data-binary", "@-", url],
                    input: body
                )
                #expect(post.output == "\(version) true 500000\n")
                let size = try await self.curl(
                    option,
                    "--cacert",
                    certificate.chain,
                    "-o",
                    "/dev/null",
                    "-w",
                    "%{size_download}",
                    url + "large"
                )
                #expect(size.output == "10000000")
            }
        }
    }

    @Test("Certificate and key may be given as bytes")
    func bytes() async throws {
        try await withTemporaryFolder { folder in
            let certificate = try await TestCertificate.make("localhost", in: folder)
            let settings = TLSSettings(
                certificate: TLSCertificate(
                    chain: .bytes(try certificate.chainBytes),
                    key: .bytes(try certificate.keyBytes)
                )
            )
            try await self.withTLSServer(settings) { address in
                let get = try await self.curl("--cacert", certificate.chain, "\(address)/")
                #expect(get.status == 0)
            }
        }
    }

    @Test("A server with a certificate that cannot be read does not start")
    func missingCertificate() async throws {
        let settings = TLSSettings(certificate: .files(chain: "/nowhere/chain.pem", key: "/nowhere/key.pem"))
        await #expect(throws: ServerError.self) {
            try await self.withTLSServer(settings) { _ in }
        }
    }

    @Test("The oldest version is a setting", arguments: [TLSVersion.tls1_2, .tls1_3])
    func minimumVersion(version: TLSVersion) async throws {
        try await withTemporaryFolder { folder in
            let certificate = try await TestCertificate.make("localhost", in: folder)
            var settings = TLSSettings(certificate: certificate.files)
            settings.minimumVersion = version
            try await self.withTLSServer(settings) { address in
                let old = try await self.curl("--tls-max", "1.2", "--cacert", certificate.chain, "\(address)/")
                #expect((old.status == 0) == (version == .tls1_2))
                let new = try await self.curl("--tlsv1.3", "--cacert", certificate.chain, "\(address)/")
                #expect(new.status == 0)
                let ancient = try await self.curl(
                    "--tls-max",
                    "1.1",
                    "--ciphers",
                    "DEFAULT@SECLEVEL=0",
                    "--cacert",
                    certificate.chain,
                    "\(address)/"
                )
                #expect(ancient.status != 0)
            }
        }
    }

    @Test("Where authorities are set, a client needs a certificate of theirs")
    func mutual() async throws {
        try await withTemporaryFolder { folder in
            let server = try await TestCertificate.make("localhost", in: folder)
            let client = try await TestCertificate.make("client", in: folder)
            let stranger = try await TestCertificate.make("stranger", in: folder)
            var settings = TLSSettings(certificate: server.files)
            settings.clientAuthorities = .file(client.chain)
            try await self.withTLSServer(settings) { address in
                let url = "\(address)/"
                let base = ["--cacert", server.chain, url]
                let known = try await Subprocess.run(
                    "curl",
                    ["-sS", "--cert", client.chain, "--key", client.key] + base
                )
                #expect(known.status == 0)
                let unknown = try await Subprocess.run(
                    "curl",
                    ["-sS", "--cert", stranger.chain, "--key", stranger.key] + base
                )
                #expect(unknown.status != 0)
                let none = try await Subprocess.run("curl", ["-sS"] + base)
                #expect(none.status != 0)
            }
        }
    }

    @Test("A client gets the certificate of the name that it asks for")
    func serverName() async throws {
        try await withTemporaryFolder { folder in
            let main = try await TestCertificate.make("main.test", in: folder)
            let other = try await TestCertificate.make("other.test", in: folder)
            let wild = try await TestCertificate.make("a.wild.test", in: folder)
            var settings = TLSSettings(certificate: main.files)
            settings.certificatesByHost = ["other.test": other.files, ".wild.test": wild.files]
            try await self.withTLSServer(settings) { address in
                for (host, certificate) in [("main.test", main), ("other.test", other), ("a.wild.test", wild)] {
                    let port = address.port ?? 0
                    let result = try await self.curl(
                        "--cacert",
                        certificate.chain,
                        "--resolve",
                        "\(host):\(port):127.0.0.1",
                        "https://\(host):\(port)/"
                    )
                    #expect(result.status == 0, "\(host): \(result.output)")
                }
            }
        }
    }

    @Test("What is no handshake, or none that ends, closes its connection and no other")
    func brokenHandshakes() async throws {
        try await withTemporaryFolder { folder in
            let certificate = try await TestCertificate.make("localhost", in: folder)
            let settings = TLSSettings(certificate: certificate.files)
            try await self.withTLSServer(settings) {
                $0.limits.headTimeout = .milliseconds(200)
            } _: { address in
                for bytes in ["GET / HTTP/1.1\r\nhost: a\r\n\r\n", "\u{16}\u{3}\u{1}", ""] {
                    try await RawConnection.open(to: address.port ?? 0) { connection in
                        // On a slow machine the server's patience ends before this client has begun.
                        try? await connection.send(bytes)
                        let answer = try await connection.readToEnd()
                        #expect(!answer.contains("HTTP/"))
                    }
                }
                let get = try await self.curl("--cacert", certificate.chain, "\(address)/")
                #expect(get.status == 0)
            }
        }
    }

    @Test("A connection beyond the limit is answered 503")
    func tooManyConnections() async throws {
        try await withTemporaryFolder { folder in
            let certificate = try await TestCertificate.make("localhost", in: folder)
            try await self.withTLSServer(TLSSettings(certificate: certificate.files)) {
                $0.limits.connections = 0
            } _: { address in
                let get = try await self.curl(
                    "--http1.1",
                    "--cacert",
                    certificate.chain,
                    "-o",
                    "/dev/null",
                    "-w",
                    "%{http_code}",
                    "\(address)/"
                )
                #expect(get.output.hasPrefix("503"))
                #if HTTP2
                let refused = try await self.curl("--http2", "--cacert", certificate.chain, "\(address)/")
                #expect(refused.status != 0)
                #endif
            }
        }
    }

    #if HTTP2
    @Test("h2load loses no request", .enabled(if: Subprocess.isInstalled("h2load"), "h2load is not installed"))
    func h2load() async throws {
        try await withTemporaryFolder { folder in
            let certificate = try await TestCertificate.make("localhost", in: folder)
            try await self.withTLSServer(TLSSettings(certificate: certificate.files)) { address in
                let result = try await Subprocess.run("h2load", ["-n", "2000", "-c", "4", "-m", "16", "\(address)/"])
                #expect(result.output.contains("2000 succeeded, 0 failed, 0 errored, 0 timeout"))
                #expect(result.output.contains("Application protocol: h2"))
            }
        }
    }
    #endif
}
#endif
