// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Metrics
import Synchronization
import TandemHTTP

/// The server's counters and timers, under the names that Prometheus' conventions give them.
final class ServerMetrics: Sendable {
    private let factory: any MetricsFactory
    private let connections: Meter
    private let inFlight: Meter
    private let webSockets: Meter
    private let responseBytes: Counter

    /// What a request counts in, made when first needed: at most one for each known method, status and route.
    private let series = Mutex<[Key: Series]>([:])

    private struct Key: Hashable {
        let method: MethodLabel
        let status: UInt16
        let route: String?
    }

    private struct Series {
        let requests: Counter
        let duration: Timer
    }

    init(_ factory: any MetricsFactory) {
        self.factory = factory
        self.connections = Meter(label: "http_server_connections", factory: factory)
        self.inFlight = Meter(label: "http_server_requests_in_flight", factory: factory)
        self.webSockets = Meter(label: "http_server_websockets", factory: factory)
        self.responseBytes = Counter(label: "http_server_response_bytes_total", factory: factory)
    }

    func connectionOpened() {
        self.connections.increment()
    }

    func connectionClosed() {
        self.connections.decrement()
    }

    func webSocketOpened() {
        self.webSockets.increment()
    }

    func webSocketClosed() {
        self.webSockets.decrement()
    }

    func requestStarted() {
        self.inFlight.increment()
    }

    func requestEnded(_ method: Method, _ outcome: Outcome) {
        self.inFlight.decrement()
        self.responseBytes.increment(by: outcome.bytesSent)
        let series = self.series(MethodLabel(method), outcome.status, outcome.route)
        series.requests.increment()
        series.duration.recordNanoseconds(outcome.nanoseconds)
    }

    func requestRefused(_ status: Status, bytesSent: Int) {
        self.responseBytes.increment(by: bytesSent)
        self.series(.other, status, nil).requests.increment()
    }

    private func series(_ method: MethodLabel, _ status: Status, _ route: String?) -> Series {
        self.series.withLock { known in
            let key = Key(method: method, status: status.code, route: route)
            if let series = known[key] { return series }
            let series = self.makeSeries(key)
            known[key] = series
            return series
        }
    }

    private func makeSeries(_ key: Key) -> Series {
        let route = key.route.map { [("route", $0)] } ?? []
        let method = ("method", key.method.rawValue)
        return Series(
            requests: Counter(
                label: "http_server_requests_total",
                dimensions: [method, ("status", String(key.status))] + route,
                factory: self.factory
            ),
            duration: Timer(
                label: "http_server_request_duration_seconds",
                dimensions: [method, ("status_class", "\(key.status / 100)xx")] + route,
                preferredDisplayUnit: .seconds,
                factory: self.factory
            )
        )
    }
}

extension Outcome {
    fileprivate var nanoseconds: Int64 {
        let (seconds, attoseconds) = self.duration.components
        return seconds &* 1_000_000_000 &+ attoseconds / 1_000_000_000
    }
}
