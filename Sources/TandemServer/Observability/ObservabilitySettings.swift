// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import Logging
public import Metrics
public import Tracing

/// What the server notes of the requests it answers.
///
/// ```swift
/// var settings = ObservabilitySettings()
/// settings.accessLog = nil                     // no line for each request
/// settings.metrics = PrometheusMetrics.shared  // rather than what MetricsSystem was bootstrapped with
/// ```
public struct ObservabilitySettings: Sendable {
    /// Where each request is logged: at level `info`, at level `error` where the status is 5xx; `nil` for nowhere.
    ///
    /// The line holds no query, no field but `user-agent` and no body: those may be secret. A logger with the label
    /// `tandem.access`.
    public var accessLog: Logger? = Logger(label: "tandem.access")
    /// What counts and times requests; `nil`, the default, for what `MetricsSystem` was bootstrapped with, if it was.
    public var metrics: (any MetricsFactory)?
    /// What records a span for each request; `nil`, the default, for what `InstrumentationSystem` was bootstrapped
    /// with, if it was.
    public var tracer: (any Tracer)?

    /// The defaults.
    public init() {}
}
