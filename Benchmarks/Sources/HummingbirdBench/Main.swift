// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import BenchSettings
import Hummingbird
import HummingbirdCore
import HummingbirdHTTP2
import Logging
import NIOPosix
import NIOSSL
import ServiceLifecycle

/// Hummingbird as its documentation sets it up, on the event loops that the benchmark asks for.
@main
struct HummingbirdBench {
    static func main() async throws {
        let settings = Settings()
        let loops = MultiThreadedEventLoopGroup(numberOfThreads: settings.threads)
        var logger = Logger(label: "hummingbird")
        logger.logLevel = .error

        func application(_ server: HTTPServerBuilder, port: Int) throws -> some ApplicationProtocol {
            Application(
                router: try routes(settings),
                server: server,
                configuration: .init(address: .hostname("127.0.0.1", port: port), backlog: 2048),
                eventLoopGroupProvider: .shared(loops),
                logger: logger
            )
        }

        var services: [any Service] = [try application(.http1(), port: settings.port)]
        if let tlsPort = settings.tlsPort {
            services.append(try application(.http2Upgrade(tlsConfiguration: tls(settings)), port: tlsPort))
        }
        try await ServiceGroup(
            configuration: .init(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        ).run()
    }

    private static func tls(_ settings: Settings) throws -> TLSConfiguration {
        .makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(settings.certificate).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: settings.key, format: .pem))
        )
    }
}
