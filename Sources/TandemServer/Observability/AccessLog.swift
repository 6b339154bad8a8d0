// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Logging
import TandemHTTP

/// One structured line for each request: `GET /path 200`.
struct AccessLog: Sendable {
    private let logger: Logger

    init(_ logger: Logger) {
        self.logger = logger
    }

    func ended(_ observed: ObservedRequest, _ outcome: Outcome) {
        let level: Logger.Level = outcome.isServerError ? .error : .info
        guard self.logger.logLevel <= level else { return }
        let request = observed.request
        let method = loggable(request.method.rawValue)
        let path = loggable(request.path)
        var metadata: Logger.Metadata = [
            "method": .string(method),
            "path": .string(path),
            "status": .stringConvertible(outcome.status.code),
            "bytes": .stringConvertible(outcome.bytesSent),
            "duration_ms": .stringConvertible(outcome.milliseconds),
            "trace_id": .string(observed.trace.traceID),
            "request_id": .string(Self.requestID(observed)),
        ]
        if let remote = request.connection.remoteAddress { metadata["remote"] = .string(remote) }
        if let agent = request.headers["user-agent"] { metadata["user_agent"] = .string(loggable(agent)) }
        if let route = outcome.route { metadata["route"] = .string(route) }
        Self.describe(outcome.error, in: &metadata, withCause: outcome.isServerError)
        self.logger.log(level: level, "\(method) \(path) \(outcome.status.code)", metadata: metadata)
    }

    func refused(_ error: HTTPError, connection: ConnectionInfo, bytesSent: Int) {
        let level: Logger.Level = error.status.code >= 500 ? .error : .info
        guard self.logger.logLevel <= level else { return }
        var metadata: Logger.Metadata = [
            "status": .stringConvertible(error.status.code),
            "bytes": .stringConvertible(bytesSent),
        ]
        if let remote = connection.remoteAddress { metadata["remote"] = .string(remote) }
        Self.describe(error, in: &metadata, withCause: true)
        self.logger.log(level: level, "unreadable request \(error.status.code)", metadata: metadata)
    }

    /// What the client calls its request, where that is a plain name; else what we do.
    private static func requestID(_ observed: ObservedRequest) -> String {
        if let name = observed.request.headers["x-request-id"], (1...128).contains(name.utf8.count),
            name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        {
            return name
        }
        return observed.trace.spanID
    }

    private static func describe(_ error: (any Error)?, in metadata: inout Logger.Metadata, withCause: Bool) {
        guard let error else { return }
        let known = error as? HTTPError
        if let known { metadata["code"] = .string(known.code.rawValue) }
        guard withCause else { return }
        let cause = known?.cause.map { "\(error), because of: \($0)" } ?? "\(error)"
        metadata["error"] = .string(loggable(cause, limit: 4_096))
    }
}

extension Outcome {
    /// To the microsecond.
    fileprivate var milliseconds: Double {
        let (seconds, attoseconds) = self.duration.components
        let microseconds = Double(seconds) * 1e6 + Double(attoseconds) / 1e12
        return microseconds.rounded() / 1e3
    }
}
