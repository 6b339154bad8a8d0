// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Logging
import ServiceLifecycle
import TandemHTTP
import TandemServer
import Testing
import UnixSignals

@Suite("Guide: the server")
struct ServerSnippets {
    // snippet: configuration
    func configuration() -> ServerConfiguration {
        var configuration = ServerConfiguration(
            .tcp(host: "0.0.0.0", port: 8080),
            .unix(path: "/run/tickets.sock")
        )
        configuration.hosts = ["tickets.example", ".tickets.example"]
        configuration.limits.body = 1024 * 1024
        configuration.limits.headTimeout = .seconds(5)
        return configuration
    }
    // end

    // snippet: operations
    func operations(ping: @escaping Health.Check) -> OperationalSettings {
        var operations = OperationalSettings()
        operations.health = Health(checks: ["database": ping])
        operations.metricsPath = "/metrics"
        return operations
    }
    // end

    // snippet: observability
    func quiet() -> ObservabilitySettings {
        var settings = ObservabilitySettings()
        settings.accessLog = nil
        settings.metrics = PrometheusMetrics.shared
        return settings
    }
    // end

    // snippet: lifecycle
    func run(_ server: Server, beside worker: any Service) async throws {
        let group = ServiceGroup(
            services: [worker, server],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "tickets")
        )
        try await group.run()
    }
    // end

    @Test("Settings are values, with defaults for the rest")
    func settings() {
        var configuration = self.configuration()
        configuration.operations = self.operations {}
        configuration.observability = self.quiet()
        #expect(configuration.listeners.count == 2)
        #expect(configuration.limits.body == 1 << 20)
        #expect(configuration.limits.headerCount == Limits().headerCount)
        #expect(configuration.operations.metricsPath == "/metrics")
        #expect(configuration.observability.accessLog == nil)
    }
}
