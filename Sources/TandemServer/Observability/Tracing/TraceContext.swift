// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// Where a request stands in a trace that crosses services (W3C Trace Context).
///
/// The server makes one for each request that it observes, from the client's `traceparent` and `tracestate` or else
/// with new identifiers, and hands it on in the task:
///
/// ```swift
/// if let trace = ServiceContext.current?.traceContext {
///     trace.inject(into: &outgoing.headers)
/// }
/// ```
///
/// The identifiers are there to find things, and can be guessed: let nothing secret hang on them.
public struct TraceContext: Hashable, Sendable {
    let trace: UInt128
    let span: UInt64
    let parent: UInt64?
    /// Whether the caller records this trace, and so may those it calls.
    public var isSampled: Bool
    /// What other tracing systems hand on: the `tracestate` field, empty where there is none.
    public let state: String

    init(trace: UInt128, span: UInt64, parent: UInt64? = nil, isSampled: Bool = false, state: String = "") {
        self.trace = trace
        self.span = span
        self.parent = parent
        self.isSampled = isSampled
        self.state = state
    }

    /// A trace that begins here.
    public init() {
        self.init(trace: RandomIDs.shared.wide(), span: RandomIDs.shared.word())
    }

    /// The trace as 32 hexadecimal digits.
    public var traceID: String { String(hexadecimal: self.trace) }

    /// This part of the trace, the request, as 16 hexadecimal digits.
    public var spanID: String { String(hexadecimal: self.span) }

    /// The caller's part of the trace, or `nil` where the trace begins here.
    public var parentSpanID: String? { self.parent.map { String(hexadecimal: $0) } }

    /// A part of the same trace that this one causes.
    public func child() -> TraceContext {
        TraceContext(
            trace: self.trace,
            span: RandomIDs.shared.word(),
            parent: self.span,
            isSampled: self.isSampled,
            state: self.state
        )
    }

    /// The value of a `traceparent` field that makes a request to another service part of this trace.
    public var traceparent: String {
        "00-\(self.traceID)-\(self.spanID)-\(self.isSampled ? "01" : "00")"
    }

    /// Sets the `traceparent` and `tracestate` fields of a request to another service.
    public func inject(into headers: inout Headers) {
        headers["traceparent"] = self.traceparent
        headers["tracestate"] = self.state.isEmpty ? nil : self.state
    }
}
