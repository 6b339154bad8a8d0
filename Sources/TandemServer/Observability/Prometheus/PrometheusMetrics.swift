// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import Metrics
import Synchronization
public import TandemHTTP

/// Metrics kept in memory, for Prometheus to fetch.
///
/// ```swift
/// MetricsSystem.bootstrap(PrometheusMetrics.shared)
/// Counter(label: "tickets_opened_total", dimensions: [("priority", "high")]).increment()
/// ```
///
/// Counters, meters and gauges are what their names say; timers are histograms in seconds, recorders histograms.
/// Labels keep their names but for what Prometheus does not allow in them, which becomes `_`. A metric holds at most
/// ``seriesLimit`` combinations of dimensions: what comes after counts together, as `overflow="true"`.
public final class PrometheusMetrics: MetricsFactory {
    /// The one that the server's endpoint serves unless told otherwise.
    public static let shared = PrometheusMetrics()

    /// The most combinations of dimensions of one metric: 2,000.
    ///
    /// So a dimension with a client's data in it cannot use up the memory.
    public let seriesLimit: Int

    private let durationBuckets: [Double]
    private let valueBuckets: [Double]
    private let registry: Mutex<PrometheusRegistry>

    /// An empty collection of metrics.
    ///
    /// - Parameters:
    ///   - durationBuckets: The upper bounds of timers' buckets, in seconds. From 0.5 ms to 10 s.
    ///   - valueBuckets: The upper bounds of recorders' buckets. From 1 to 10 million.
    ///   - seriesLimit: The most combinations of dimensions of one metric. 2,000.
    public init(
        durationBuckets: [Double] = [
            0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
        ],
        valueBuckets: [Double] = [
            1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 1_000_000, 10_000_000,
        ],
        seriesLimit: Int = 2_000
    ) {
        self.durationBuckets = durationBuckets
        self.valueBuckets = valueBuckets
        self.seriesLimit = seriesLimit
        self.registry = Mutex(PrometheusRegistry(seriesLimit: seriesLimit))
    }

    /// Says in the exposition what a metric means.
    public func describe(_ label: String, as help: String) {
        self.registry.withLock { $0.help[prometheusName(label)] = help }
    }

    /// All metrics in Prometheus' text format, version 0.0.4.
    public var exposition: Bytes {
        let (families, help) = self.registry.withLock { ($0.families, $0.help) }
        var text = PrometheusText()
        for family in families.values.sorted(by: { $0.name < $1.name }) {
            text.write(family, help: help[family.name])
        }
        return Bytes(text.text)
    }

    /// The answer to Prometheus.
    public var response: Response {
        Response(self.exposition, contentType: "text/plain; version=0.0.4; charset=utf-8")
    }
}

extension PrometheusMetrics {
    /// A counter; the same label and dimensions count in the same one.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        self.counter(label, dimensions)
    }

    /// A counter; the same label and dimensions count in the same one.
    public func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        self.counter(label, dimensions)
    }

    /// A gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        self.gauge(label, dimensions)
    }

    /// A histogram, or a gauge where values are not aggregated.
    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        if aggregate { self.histogram(label, dimensions, self.valueBuckets) } else { self.gauge(label, dimensions) }
    }

    /// A histogram in seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        self.histogram(label, dimensions, self.durationBuckets)
    }

    /// Forgets the counter.
    public func destroyCounter(_ handler: any CounterHandler) { self.forget(handler) }

    /// Forgets the counter.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { self.forget(handler) }

    /// Forgets the gauge.
    public func destroyMeter(_ handler: any MeterHandler) { self.forget(handler) }

    /// Forgets the histogram or gauge.
    public func destroyRecorder(_ handler: any RecorderHandler) { self.forget(handler) }

    /// Forgets the histogram.
    public func destroyTimer(_ handler: any TimerHandler) { self.forget(handler) }

    private func counter(_ label: String, _ dimensions: [(String, String)]) -> PrometheusCounter {
        self.registry.withLock { $0.series(label, dimensions, .counter) { PrometheusCounter() } }
    }

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> PrometheusGauge {
        self.registry.withLock { $0.series(label, dimensions, .gauge) { PrometheusGauge() } }
    }

    private func histogram(
        _ label: String,
        _ dimensions: [(String, String)],
        _ bounds: [Double]
    ) -> PrometheusHistogram {
        self.registry.withLock { $0.series(label, dimensions, .histogram) { PrometheusHistogram(bounds: bounds) } }
    }

    private func forget(_ handler: AnyObject) {
        self.registry.withLock { $0.forget(ObjectIdentifier(handler)) }
    }
}
