// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if TLS
import Foundation
import TandemHTTP
import TandemServer
import Testing

@Suite(
    "Certificates that are replaced",
    .timeLimit(.minutes(1)),
    .enabled(if: Subprocess.isInstalled("openssl") && Subprocess.isInstalled("curl"), "needs openssl and curl")
)
struct CertificateReloadTests {
    /// Whether a client that trusts a certificate alone is answered.
    private func isServed(_ address: BoundAddress, trusting certificate: TestCertificate) async throws -> Bool {
        let result = try await Subprocess.run(
            "curl",
            ["-sS", "--max-time", "20", "--cacert", certificate.chain, "\(address)/"]
        )
        return result.output == "here"
    }

    private func withServer(
        _ certificate: TestCertificate,
        interval: Duration?,
        _ body: (BoundAddress, TLSSettings) async throws -> Void
    ) async throws {
        var settings = TLSSettings(certificate: certificate.files)
        settings.reloadInterval = interval
        let configuration = ServerConfiguration.test { $0.listeners = [.tcp(port: 0, tls: settings)] }
        try await TandemServerTests.withServer(configuration, answering: { _ in Response("here") }) { address in
            try await body(address, settings)
        }
    }

    @Test("New files are noticed, or read on request", arguments: [Duration.milliseconds(20), nil])
    func replaced(interval: Duration?) async throws {
        try await withTemporaryFolder { folder in
            let old = try await TestCertificate.make("old", in: folder)
            let used = try await TestCertificate.make("old", in: folder, as: "used")
            try await self.withServer(used, interval: interval) { address, settings in
                #expect(try await self.isServed(address, trusting: used))
                let fresh = try await TestCertificate.make("fresh", in: folder)
                try fresh.replace(used)
                if interval == nil { settings.reload() }
                #expect(try await eventually { try await self.isServed(address, trusting: fresh) })
                #expect(try await !self.isServed(address, trusting: old))
            }
        }
    }

    @Test("Broken files change nothing, and good ones do again")
    func broken() async throws {
        try await withTemporaryFolder { folder in
            let used = try await TestCertificate.make("old", in: folder, as: "used")
            let copy = try await TestCertificate.make("unused", in: folder, as: "copy")
            try used.replace(copy)
            try await self.withServer(used, interval: .milliseconds(20)) { address, settings in
                try "nonsense".write(toFile: used.chain, atomically: true, encoding: .utf8)
                settings.reload()
                for _ in 0..<5 { #expect(try await self.isServed(address, trusting: copy)) }
                let fresh = try await TestCertificate.make("fresh", in: folder)
                try fresh.replace(used)
                #expect(try await eventually { try await self.isServed(address, trusting: fresh) })
            }
        }
    }
}

extension TestCertificate {
    /// Writes its files over those of another.
    func replace(_ other: TestCertificate) throws {
        for (from, to) in [(self.chain, other.chain), (self.key, other.key)] {
            try Data(contentsOf: URL(fileURLWithPath: from)).write(to: URL(fileURLWithPath: to), options: .atomic)
        }
    }

    var chainBytes: Bytes { get throws { Bytes(try Data(contentsOf: URL(fileURLWithPath: self.chain))) } }
    var keyBytes: Bytes { get throws { Bytes(try Data(contentsOf: URL(fileURLWithPath: self.key))) } }
}
#endif
