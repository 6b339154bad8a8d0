// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import BenchSettings
import FoundationEssentials
import TandemAPI
import TandemHTTP
import TandemServer

/// Tandem as its guides set it up, on the event loops that the benchmark asks for, without an access log as its peers.
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
        try await Server(configuration, handler: try self.handler(settings)).serve()
    }

    /// What `SERVES` asks for: the work of part `http`, the orders of part `api`, or a body that nobody reads.
    private static func handler(_ settings: Settings) throws -> any Handler {
        let routes = Routes()
        switch ProcessInfo.processInfo.environment["SERVES"] {
        case "unread": return Unread()
        case "orders": routes.mount(Orders())
        default: routes.mount(try Work(settings))
        }
        return try routes.handler()
    }
}
