// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if TLS
import TandemServer

/// A certificate that openssl makes in a folder.
struct TestCertificate {
    let chain: String
    let key: String

    var files: TLSCertificate { .files(chain: self.chain, key: self.key) }

    /// Makes one that signs itself, for a common name; 127.0.0.1 and localhost are its other names.
    static func make(_ name: String, in folder: String, as file: String? = nil) async throws -> TestCertificate {
        let file = file ?? name
        let certificate = TestCertificate(chain: "\(folder)/\(file).pem", key: "\(folder)/\(file).key")
        let result = try await Subprocess.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:localhost,DNS:\(name),IP:127.0.0.1",
                "-out", certificate.chain, "-keyout", certificate.key,
            ])
        guard result.status == 0 else { throw OpenSSLFailed(output: result.output) }
        return certificate
    }
}

struct OpenSSLFailed: Error {
    let output: String
}
#endif
