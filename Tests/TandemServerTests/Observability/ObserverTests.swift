// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import InMemoryLogging
import InMemoryTracing
import Logging
import Metrics
import MetricsTestKit
import TandemHTTP
import Testing
import Tracing

@testable import TandemServer

@Suite("Observing requests")
struct ObserverTests {
    let observed = Observed()

    @Test("Nothing observed is no observation")
    func nothing() {
        let observer = Observer(self.observed.settings())
        #expect(observer.begin(.sample()) == nil)
        observer.connectionOpened()
        observer.connectionClosed()
        observer.refused(HTTPError(.badRequest), connection: .none, bytesSent: 0)
    }

    @Test("The access log is on unless it is turned off")
    func defaults() {
        #expect(ObservabilitySettings().accessLog?.label == "tandem.access")
    }

    @Test("A request that ends twice is noted once")
    func endsOnce() throws {
        let observation = try #require(Observer(self.observed.settings).begin(.sample()))
        observation.end(status: .ok, bytesSent: 1, error: nil)
        observation.end(status: 500, bytesSent: 2, error: nil)
        #expect(self.observed.log.entries.count == 1)
        #expect(self.observed.tracer.finishedSpans.count == 1)
        #expect(self.observed.metrics.counterTotal(label: "http_server_requests_total") == 1)
        #expect(try self.observed.metrics.expectMeter("http_server_requests_in_flight").values == [1, 0])
    }

    @Test("The handler runs in the request's context, at once and asynchronously")
    func context() async throws {
        let observation = Observer(self.observed.settings).begin(.sample())
        let expected = try #require(observation?.context.traceContext)
        #expect(observation.inContext { ServiceContext.current?.traceContext } == expected)
        let later = await observation.inContext {
            await Task.yield()
            return ServiceContext.current?.traceContext
        }
        #expect(later == expected)
        #expect(ServiceContext.current == nil)
    }

    @Test("Without an observation the context stays as it is")
    func noContext() async {
        let observation: Observation? = nil
        #expect(observation.inContext { ServiceContext.current == nil })
        let isEmptyLater = await observation.inContext {
            await Task.yield()
            return ServiceContext.current == nil
        }
        #expect(isEmptyLater)
    }

    @Test("A request without a trace begins one, and one with a malformed trace too", arguments: [nil, "00-bad"])
    func newTrace(parent: String?) throws {
        let headers: Headers = parent.map { ["traceparent": $0] } ?? [:]
        let observation = try #require(Observer(self.observed.settings(.log)).begin(.sample(headers: headers)))
        let trace = try #require(observation.context.traceContext)
        #expect(trace.parentSpanID == nil)
        #expect(!trace.isSampled)
    }

    @Test("A request of a trace is a child in it")
    func childOfTrace() throws {
        let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        let request = Request.sample(headers: ["traceparent": parent, "tracestate": "a=1"])
        let observation = try #require(Observer(self.observed.settings(.metrics)).begin(request))
        let trace = try #require(observation.context.traceContext)
        #expect(trace.traceID == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(trace.parentSpanID == "00f067aa0ba902b7")
        #expect(trace.isSampled && trace.state == "a=1")
    }
}

@Suite("The server's metrics")
struct ServerMetricsTests {
    let observed = Observed()
    var metrics: TestMetrics { self.observed.metrics }

    private func answer(_ method: Method, _ status: Status, bytes: Int = 10) throws {
        let observation = try #require(Observer(self.observed.settings(.metrics)).begin(.sample(method)))
        observation.end(status: status, bytesSent: bytes, error: nil)
    }

    @Test("Requests are counted by method and status, and timed by method and class")
    func requests() throws {
        for (method, status) in [(.get, 200), (.get, 204), (.get, 200), (.post, 503)] as [(Method, Status)] {
            try self.answer(method, status)
        }
        let get = try self.metrics.expectCounter(
            "http_server_requests_total",
            [("method", "GET"), ("status", "200")]
        )
        #expect(get.totalValue == 2)
        let timer = try self.metrics.expectTimer(
            "http_server_request_duration_seconds",
            [("method", "GET"), ("status_class", "2xx")]
        )
        #expect(timer.values.count == 3)
        let failed = try self.metrics.expectTimer(
            "http_server_request_duration_seconds",
            [("method", "POST"), ("status_class", "5xx")]
        )
        #expect(failed.values.count == 1)
        #expect(self.metrics.counterTotal(label: "http_server_response_bytes_total") == 40)
    }

    @Test("The route that a request took is one of its labels")
    func routes() throws {
        let observation = try #require(Observer(self.observed.settings(.metrics)).begin(.sample()))
        observation.watching(.sample()).matchedRoute?.pattern = "/users/{id}"
        observation.end(status: .ok, bytesSent: 10)
        let labels = [("method", "GET"), ("status", "200"), ("route", "/users/{id}")]
        #expect(try self.metrics.expectCounter("http_server_requests_total", labels).totalValue == 1)
    }

    @Test("A client cannot make labels: methods unknown to us are one", arguments: ["PURGE", "get", "X\"}", "OTHER"])
    func unknownMethods(name: String) throws {
        try self.answer(Method(name), 405)
        #expect(
            try self.metrics.expectCounter(
                "http_server_requests_total",
                [("method", "OTHER"), ("status", "405")]
            ).totalValue == 1
        )
    }

    @Test("Connections open and close")
    func connections() throws {
        let observer = Observer(self.observed.settings(.metrics))
        observer.connectionOpened()
        observer.connectionOpened()
        observer.connectionClosed()
        #expect(try self.metrics.expectMeter("http_server_connections").values == [1, 2, 1])
    }

    @Test("A refused request counts under no method")
    func refused() throws {
        let observer = Observer(self.observed.settings(.metrics))
        observer.refused(HTTPError(.badRequest), connection: .none, bytesSent: 90)
        #expect(
            try self.metrics.expectCounter(
                "http_server_requests_total",
                [("method", "OTHER"), ("status", "400")]
            ).totalValue == 1
        )
    }

    @Test("What Prometheus reads of it")
    func prometheus() throws {
        let prometheus = PrometheusMetrics()
        var settings = self.observed.settings()
        settings.metrics = prometheus
        let observer = Observer(settings)
        observer.connectionOpened()
        try #require(observer.begin(.sample())).end(status: .ok, bytesSent: 12, error: nil)
        let text = String(decoding: prometheus.exposition, as: UTF8.self)
        for line in [
            "# HELP http_server_requests_total Requests answered, by method and status.",
            #"http_server_requests_total{method="GET",status="200"} 1"#,
            "# TYPE http_server_request_duration_seconds histogram",
            #"http_server_request_duration_seconds_count{method="GET",status_class="2xx"} 1"#,
            "http_server_requests_in_flight 0", "http_server_connections 1", "http_server_response_bytes_total 12",
        ] {
            #expect(text.split(separator: "\n").contains(Substring(line)))
        }
    }
}
