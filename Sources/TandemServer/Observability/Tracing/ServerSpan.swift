// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import Tracing

/// The span of one request, with the attributes that OpenTelemetry names for HTTP servers.
struct ServerSpan: Sendable {
    private let span: any Span
    private let method: MethodLabel
    /// The context that the tracer hands on.
    let trace: TraceContext?

    var context: ServiceContext { self.span.context }

    init(_ request: Request, tracer: any Tracer) {
        var context = ServiceContext.topLevel
        tracer.extract(request.headers, into: &context, using: HeaderExtractor())
        self.method = MethodLabel(request.method)
        self.span = tracer.startSpan(Self.name(self.method), context: context, ofKind: .server)
        var handedOn = Headers()
        tracer.inject(self.span.context, into: &handedOn, using: HeaderInjector())
        self.trace = TraceContext(handedOn)
        if self.span.isRecording { self.describe(request) }
    }

    func end(_ outcome: Outcome) {
        if self.span.isRecording { self.describe(outcome) }
        self.span.end()
    }

    private func describe(_ request: Request) {
        let method = self.method
        self.span.updateAttributes { attributes in
            attributes["http.request.method"] = method == .other ? "_OTHER" : method.rawValue
            if method == .other {
                attributes["http.request.method_original"] = loggable(request.method.rawValue, limit: 64)
            }
            attributes["url.scheme"] = request.connection.isSecure ? "https" : "http"
            attributes["url.path"] = loggable(request.path)
            attributes["network.protocol.version"] = request.version.number
            if let authority = request.authority { attributes["server.address"] = loggable(authority.host, limit: 256) }
            if let client = request.connection.remoteAddress { attributes["client.address"] = client }
            if let agent = request.headers["user-agent"] { attributes["user_agent.original"] = loggable(agent) }
        }
    }

    private func describe(_ outcome: Outcome) {
        if let route = outcome.route { self.span.operationName = "\(Self.name(self.method)) \(route)" }
        if let error = outcome.error { self.span.recordError(error) }
        self.span.updateAttributes { attributes in
            attributes["http.response.status_code"] = Int(outcome.status.code)
            attributes["http.response.body.size"] = outcome.bytesSent
            if let route = outcome.route { attributes["http.route"] = route }
            if outcome.isServerError { attributes["error.type"] = outcome.errorType }
        }
        if outcome.isServerError { self.span.setStatus(SpanStatus(code: .error, message: outcome.status.phrase)) }
    }

    /// A name of few values: no path, which clients choose.
    private static func name(_ method: MethodLabel) -> String {
        method == .other ? "HTTP" : method.rawValue
    }
}

extension Outcome {
    /// A name of few values for what went wrong.
    fileprivate var errorType: String {
        switch self.error {
        case .none: String(self.status.code)
        case .some(let error as HTTPError): error.code.rawValue
        case .some(let error): String(reflecting: type(of: error))
        }
    }
}

/// Reads what tracers look for in a request's fields.
private struct HeaderExtractor: Extractor {
    func extract(key: String, from headers: Headers) -> String? { headers[key] }
}

/// Writes what tracers hand on into fields.
private struct HeaderInjector: Injector {
    func inject(_ value: String, forKey key: String, into headers: inout Headers) { headers[key] = value }
}

extension Version {
    fileprivate var number: String {
        switch self {
        case .http1_0: "1.0"
        case .http1_1: "1.1"
        case .http2: "2"
        }
    }
}

extension String {
    /// Of `host:port`, `[::1]:port` or `host`.
    fileprivate var host: String {
        if self.first == "[" { return String(self.prefix { $0 != "]" }.dropFirst()) }
        return String(self.prefix { $0 != ":" })
    }
}
