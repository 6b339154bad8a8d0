// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import InMemoryLogging
import InMemoryTracing
import Logging
import MetricsTestKit
import TandemHTTP

@testable import TandemServer

/// An observer whose log, metrics and tracer can be looked into.
struct Observed {
    let log = InMemoryLogHandler()
    let metrics = TestMetrics()
    let tracer = InMemoryTracer()

    var settings: ObservabilitySettings {
        var settings = ObservabilitySettings()
        settings.accessLog = self.logger
        settings.metrics = self.metrics
        settings.tracer = self.tracer
        return settings
    }

    /// Only what `keeping` asks for; the rest observes nothing.
    func settings(_ keeping: Kept...) -> ObservabilitySettings {
        var settings = ObservabilitySettings()
        settings.accessLog = keeping.contains(.log) ? self.logger : nil
        settings.metrics = keeping.contains(.metrics) ? self.metrics : nil
        settings.tracer = keeping.contains(.tracer) ? self.tracer : nil
        return settings
    }

    enum Kept {
        case log, metrics, tracer
    }

    private var logger: Logger {
        Logger(label: "test") { [log] _ in log }
    }
}

extension Request {
    /// A request as a client of `example.com` sends it.
    static func sample(
        _ method: Method = .get,
        _ target: String = "/users/1",
        headers: Headers = [:],
        secure: Bool = false
    ) -> Request {
        var all: Headers = ["host": "example.com:8080", "user-agent": "test/1.0"]
        for (name, value) in headers { all[name] = value }
        return Request(
            method: method,
            target: Bytes(target).buffer,
            headers: all,
            body: RequestBody(),
            connection: ConnectionInfo(
                remoteAddress: "192.0.2.7",
                remotePort: 5_000,
                localAddress: nil,
                isSecure: secure
            )
        )
    }
}
