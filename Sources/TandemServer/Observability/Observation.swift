// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemHTTP
import Tracing

/// One request under observation, ended once.
final class Observation: Sendable {
    /// Is `ServiceContext.current` while the handler runs.
    let context: ServiceContext

    private let request: ObservedRequest
    private let route = MatchedRoute()
    private let accessLog: AccessLog?
    private let metrics: ServerMetrics?
    private let span: ServerSpan?
    private let hasEnded = Atomic(false)

    init(_ request: Request, accessLog: AccessLog?, metrics: ServerMetrics?, tracer: (any Tracer)?) {
        let span = tracer.map { ServerSpan(request, tracer: $0) }
        var context = span?.context ?? .topLevel
        let trace = span?.trace ?? TraceContext(request.headers)?.child() ?? TraceContext()
        context.traceContext = trace
        self.context = context
        self.request = ObservedRequest(request, trace: trace)
        self.accessLog = accessLog
        self.metrics = metrics
        self.span = span
    }

    /// The request, whose route is told to this observation.
    func watching(_ request: consuming Request) -> Request {
        request.matchedRoute = self.route
        return request
    }

    /// Notes how the request ended; a second call does nothing.
    ///
    /// - Parameters:
    ///   - status: The status that was sent, or 499 where the client was gone before.
    ///   - bytesSent: The bytes of the response's body.
    ///   - error: What the handler, or the writing of the body, threw.
    func end(status: Status, bytesSent: Int, error: (any Error)? = nil) {
        guard self.hasEnded.exchange(true, ordering: .relaxed) == false else { return }
        let outcome = Outcome(
            status: status,
            bytesSent: bytesSent,
            duration: self.request.start.duration(to: .now),
            error: error,
            route: self.route.pattern
        )
        self.metrics?.requestEnded(self.request.request.method, outcome)
        self.accessLog?.ended(self.request, outcome)
        self.span?.end(outcome)
    }
}

extension Observation? {
    /// Calls `body` with the request's context, where there is one, as `ServiceContext.current`.
    func inContext<Result>(_ body: () throws -> Result) rethrows -> Result {
        guard let self else { return try body() }
        return try ServiceContext.$current.withValue(self.context, operation: body)
    }

    /// Calls `body` with the request's context, where there is one, as `ServiceContext.current`.
    func inContext<Result>(_ body: nonisolated(nonsending) () async throws -> Result) async rethrows -> Result {
        guard let self else { return try await body() }
        return try await ServiceContext.$current.withValue(self.context, operation: body)
    }
}

/// What is kept of a request to note it at its end: not its body.
struct ObservedRequest: Sendable {
    let request: Request
    let trace: TraceContext
    let start = ContinuousClock.now

    init(_ request: Request, trace: TraceContext) {
        var request = request
        request.body = RequestBody()
        // Or the buffer that its connection reads into would be held for as long as the request takes.
        self.request = request.detached()
        self.trace = trace
    }
}

/// How a request ended.
struct Outcome: Sendable {
    let status: Status
    let bytesSent: Int
    let duration: Duration
    let error: (any Error)?
    let route: String?

    var isServerError: Bool { self.status.code >= 500 }
}
