// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import InMemoryLogging
import InMemoryTracing
import Logging
import Synchronization
import TandemHTTP
import Testing
import Tracing

@testable import TandemServer

@Suite("The server's spans")
struct ServerSpanTests {
    let observed = Observed()

    private func span(
        _ request: Request,
        _ status: Status = .ok,
        error: (any Error)? = nil,
        route: String? = nil
    ) throws -> FinishedInMemorySpan {
        let observation = try #require(Observer(self.observed.settings(.tracer)).begin(request))
        #expect(self.observed.tracer.activeSpans.count == 1)
        observation.watching(request).matchedRoute?.pattern = route
        observation.end(status: status, bytesSent: 12, error: error)
        #expect(self.observed.tracer.activeSpans.isEmpty)
        return try #require(self.observed.tracer.finishedSpans.first)
    }

    @Test("A span tells of its request what OpenTelemetry asks for")
    func attributes() throws {
        let span = try self.span(.sample(.get, "/users/1?token=s3cret", secure: true))
        #expect(span.operationName == "GET")
        #expect(span.kind == .server)
        #expect(span.status == nil)
        #expect(
            span.attributes == [
                "http.request.method": "GET", "url.path": "/users/1", "url.scheme": "https",
                "server.address": "example.com", "network.protocol.version": "1.1", "client.address": "192.0.2.7",
                "user_agent.original": "test/1.0", "http.response.status_code": 200, "http.response.body.size": 12,
            ]
        )
    }

    @Test("A route names the span; a path never does")
    func route() throws {
        let span = try self.span(.sample(), route: "/users/{id}")
        #expect(span.operationName == "GET /users/{id}")
        #expect(span.attributes.get("http.route") == "/users/{id}")
    }

    @Test("An unknown method is no name of a span")
    func unknownMethod() throws {
        let span = try self.span(.sample("PURGE"))
        #expect(span.operationName == "HTTP")
        #expect(span.attributes.get("http.request.method") == "_OTHER")
        #expect(span.attributes.get("http.request.method_original") == "PURGE")
    }

    @Test(
        "The address is the host without its port",
        arguments: [("a.example", "a.example"), ("a.example:80", "a.example"), ("[::1]:80", "::1"), ("[::1]", "::1")]
    )
    func address(host: String, address: String) throws {
        let span = try self.span(.sample(headers: ["host": host]))
        #expect(span.attributes.get("server.address") == .string(address))
    }

    @Test("A server error is the span's status, with the kind of error and the error itself")
    func serverError() throws {
        struct DiskFull: Error {}
        let span = try self.span(.sample(), 500, error: DiskFull())
        #expect(span.status?.code == .error)
        #expect(span.errors.count == 1 && span.errors.first?.error is DiskFull)
        guard case .string(let kind) = span.attributes.get("error.type") else { Issue.record("no kind"); return }
        #expect(kind.contains("DiskFull"))
    }

    @Test("A server error is told by its code, and without one by its status")
    func errorType() throws {
        let known = HTTPError(.serviceUnavailable, code: "offload-queue-full")
        #expect(try self.span(.sample(), 503, error: known).attributes.get("error.type") == "offload-queue-full")
        self.observed.tracer.clearAll()
        #expect(try self.span(.sample(), 504).attributes.get("error.type") == "504")
    }

    @Test("A client's error is recorded, and is no failure of the span")
    func clientError() throws {
        let span = try self.span(.sample(), .notFound, error: HTTPError(.notFound))
        #expect(span.status == nil)
        #expect(span.errors.count == 1)
        #expect(span.attributes.get("error.type") == nil)
    }

    @Test("The tracer finds the caller's span in the fields")
    func extraction() throws {
        let headers: Headers = [
            InMemoryTracer.traceIDKey: "trace-of-caller", InMemoryTracer.spanIDKey: "span-of-caller",
        ]
        let span = try self.span(.sample(headers: headers))
        #expect(span.traceID == "trace-of-caller")
        #expect(span.parentSpanID == "span-of-caller")
    }

    @Test("Spans of the handler are children of the request's")
    func children() throws {
        let tracer = self.observed.tracer
        let observation = Observer(self.observed.settings(.tracer)).begin(.sample())
        observation.inContext { tracer.startSpan("query").end() }
        observation?.end(status: .ok, bytesSent: 0, error: nil)
        let spans = tracer.finishedSpans
        #expect(spans.map(\.operationName) == ["query", "GET"])
        #expect(spans.first?.parentSpanID == spans.last?.spanID)
    }

    @Test("What is logged is the trace that the tracer hands on")
    func tracerDecidesTheTrace() throws {
        var settings = self.observed.settings(.log)
        settings.tracer = FixedTracer()
        let observation = try #require(Observer(settings).begin(.sample()))
        observation.end(status: .ok, bytesSent: 0, error: nil)
        #expect(observation.context.traceContext?.traceparent == FixedTracer.traceparent)
        #expect(self.observed.log.entries.first?.metadata["trace_id"] == "11111111111111111111111111111111")
    }
}

/// A tracer that hands on one `traceparent`, as those of OpenTelemetry do.
private struct FixedTracer: Tracer {
    static let traceparent = "00-11111111111111111111111111111111-2222222222222222-01"

    func startSpan<Instant: TracerInstant>(
        _ name: String,
        context: @autoclosure () -> ServiceContext,
        ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant,
        function: String,
        file: String,
        line: UInt
    ) -> NoOpTracer.NoOpSpan { NoOpTracer.NoOpSpan(context: context()) }

    func forceFlush() {}

    func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier,
        into context: inout ServiceContext,
        using extractor: Extract
    ) where Extract.Carrier == Carrier {}

    func inject<Carrier, Inject: Injector>(
        _ context: ServiceContext,
        into carrier: inout Carrier,
        using injector: Inject
    ) where Inject.Carrier == Carrier {
        injector.inject(Self.traceparent, forKey: "traceparent", into: &carrier)
    }
}
