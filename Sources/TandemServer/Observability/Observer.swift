// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CoreMetrics
import TandemHTTP
import Tracing

/// What is noted of each request: decided once at the start, so that a server that observes nothing pays nothing.
final class Observer: Sendable {
    private let accessLog: AccessLog?
    private let metrics: ServerMetrics?
    private let tracer: (any Tracer)?
    private let observesNothing: Bool

    init(_ settings: ObservabilitySettings) {
        self.accessLog = settings.accessLog.map(AccessLog.init)
        let factory = settings.metrics ?? MetricsSystem.factory
        self.metrics = factory is NOOPMetricsHandler ? nil : ServerMetrics(factory)
        let tracer = settings.tracer ?? InstrumentationSystem.tracer
        self.tracer = tracer is NoOpTracer ? nil : tracer
        self.observesNothing = self.accessLog == nil && self.metrics == nil && self.tracer == nil
    }

    /// The observation of a request that starts now, or `nil` where nothing is observed.
    func begin(_ request: Request) -> Observation? {
        if self.observesNothing { return nil }
        self.metrics?.requestStarted()
        return Observation(request, accessLog: self.accessLog, metrics: self.metrics, tracer: self.tracer)
    }

    /// Notes a request that was refused before it could be read to a `Request`: malformed, too long, too slow.
    func refused(_ error: HTTPError, connection: ConnectionInfo, bytesSent: Int) {
        self.metrics?.requestRefused(error.status, bytesSent: bytesSent)
        self.accessLog?.refused(error, connection: connection, bytesSent: bytesSent)
    }

    func webSocketOpened() {
        self.metrics?.webSocketOpened()
    }

    func webSocketClosed() {
        self.metrics?.webSocketClosed()
    }

    func connectionOpened() {
        self.metrics?.connectionOpened()
    }

    func connectionClosed() {
        self.metrics?.connectionClosed()
    }
}
