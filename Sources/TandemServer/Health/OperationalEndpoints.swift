// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemHTTP

/// Answers the paths of operation, and hands everything else to the application.
struct OperationalEndpoints: Handler {
    private let endpoints: [(path: [UInt8], endpoint: Endpoint)]
    private let health: Health
    private let metrics: PrometheusMetrics
    private let application: any Handler

    private enum Endpoint {
        case live, ready, metrics
    }

    init(_ settings: OperationalSettings, application: any Handler) {
        let paths: [(String?, Endpoint)] = [
            (settings.livePath, .live), (settings.readyPath, .ready), (settings.metricsPath, .metrics),
        ]
        self.endpoints = paths.compactMap { path, endpoint in path.map { (Array($0.utf8), endpoint) } }
        self.health = settings.health
        self.metrics = settings.metrics
        self.application = application
    }

    func respondImmediately(to request: Request) throws -> Response? {
        guard let endpoint = self.endpoint(of: request) else {
            return try self.application.respondImmediately(to: request)
        }
        return try self.answer(endpoint, request)
    }

    func respond(to request: Request) async throws -> Response {
        guard let endpoint = self.endpoint(of: request) else { return try await self.application.respond(to: request) }
        if let response = try self.answer(endpoint, request) { return response }
        return await self.health.report().response
    }

    /// The answer, where no check has to be waited for.
    private func answer(_ endpoint: Endpoint, _ request: Request) throws -> Response? {
        guard request.method == .get || request.method == .head else {
            throw HTTPError(.methodNotAllowed, "This path is for reading only.", headers: ["allow": "GET, HEAD"])
        }
        switch endpoint {
        case .live: return Self.alive
        case .ready: return self.health.immediateReport?.response
        case .metrics: return self.metrics.response
        }
    }

    /// Compares the target's bytes up to the query; for other requests that is a length and mostly no byte.
    private func endpoint(of request: Request) -> Endpoint? {
        let count = request.target.readableBytes
        for (path, endpoint) in self.endpoints where count >= path.count {
            let target = request.target.readableBytesView
            let end = target.startIndex + path.count
            guard count == path.count || target[end] == UInt8(ascii: "?") else { continue }
            if target[..<end].elementsEqual(path) { return endpoint }
        }
        return nil
    }

    private static let alive = Response(
        headers: ["content-type": "application/json", "cache-control": "no-store"],
        body: .bytes(#"{"status":"live"}"#)
    )
}
