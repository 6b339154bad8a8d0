// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Where the server tells of itself.
///
/// ```swift
/// var settings = OperationalSettings()
/// settings.health = Health(checks: ["database": { try await db.ping() }])
/// settings.metricsPath = "/metrics"
/// ```
public struct OperationalSettings: Sendable {
    /// Answers 200 for as long as the process serves at all: `/health/live`; `nil` for nowhere.
    public var livePath: String? = "/health/live"
    /// Answers 200 where requests should be sent here, else 503: `/health/ready`; `nil` for nowhere.
    public var readyPath: String? = "/health/ready"
    /// Serves ``metrics``; `nil`, the default, for nowhere.
    ///
    /// Whoever can reach the path can read the metrics: have the proxy in front keep it from the public.
    public var metricsPath: String?
    /// What `metricsPath` serves: ``PrometheusMetrics/shared``.
    public var metrics = PrometheusMetrics.shared
    /// What decides about readiness: the server's phase, and no checks.
    public var health = Health()

    /// The defaults.
    public init() {}
}
