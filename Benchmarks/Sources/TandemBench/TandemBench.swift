// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import BenchSettings
import TandemHTTP
import TandemServer

/// Tandem as its guide sets it up, on the event loops that the benchmark asks for, without an access log as its peers.
@main
struct TandemBench {
    static func main() async throws {
        let settings = Settings()
        var configuration = ServerConfiguration(.tcp(port: settings.port))
        if let tlsPort = settings.tlsPort {
            let certificate = TLSCertificate.files(chain: settings.certificate, key: settings.key)
            configuration.listeners.append(.tcp(port: tlsPort, tls: TLSSettings(certificate: certificate)))
        }
        configuration.eventLoops = settings.threads
        configuration.observability.accessLog = nil
        try await Server(configuration, handler: try Routes(settings)).serve()
    }
}
