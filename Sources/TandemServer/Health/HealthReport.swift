// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemHTTP

/// What `/health/ready` answers: whether requests should be sent here, and which checks say so.
struct HealthReport {
    let phase: Health.Phase
    let checks: [(name: String, outcome: HealthCheck.Outcome)]

    var isReady: Bool { self.phase == .serving && self.failed.isEmpty }

    private var failed: [String] { self.checks.filter { $0.outcome != .passed }.map(\.name) }

    var response: Response {
        var json = ByteBuffer(staticString: "{")
        if self.isReady {
            json.writeStaticString("\"status\":\"ready\"")
        } else {
            json.writeStaticString(
                "\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,\"code\":\"not-ready\""
            )
            json.writeStaticString(",\"detail\":")
            json.writeJSON(self.detail)
        }
        json.writeStaticString(",\"checks\":{")
        for (index, (name, outcome)) in self.checks.enumerated() {
            if index > 0 { json.writeStaticString(",") }
            json.writeJSON(name)
            json.writeStaticString(":")
            json.writeJSON(outcome.rawValue)
        }
        json.writeStaticString("}}")
        return Response(
            status: self.isReady ? .ok : .serviceUnavailable,
            headers: [
                "content-type": self.isReady ? "application/json" : "application/problem+json",
                "cache-control": "no-store",
            ],
            body: .bytes(Bytes(json))
        )
    }

    private var detail: String {
        switch self.phase {
        case .starting: "The server is starting."
        case .draining: "The server is shutting down."
        case .serving: "Not passed: \(self.failed.joined(separator: ", "))."
        }
    }
}
