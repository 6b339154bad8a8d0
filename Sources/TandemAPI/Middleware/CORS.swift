// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// Lets pages of other origins read what is answered: cross-origin resource sharing, as the Fetch standard has it.
///
/// ```swift
/// CORS(.listed(["https://app.example"], credentials: true))
/// CORS(.any)
/// ```
///
/// Preflight requests are answered with 204, whatever would follow. An origin that is not allowed gets its answers
/// without the fields that would let the page see them; nothing is refused here, since CORS gives rights and takes
/// none. So it is no protection against forged requests. Errors have the fields too.
public struct CORS: ImmediateMiddleware {
    /// Whose pages may read answers.
    public enum Origins: Sendable {
        /// Everybody's, and never with credentials, since the Fetch standard forbids both together.
        case any
        /// Those listed, each as a scheme, a host, and a port where it is not the scheme's own:
        /// `https://app.example`.
        ///
        /// With `credentials`, pages may send cookies and certificates. `null` is nobody's origin and never allowed.
        case listed([String], credentials: Bool = false)
    }

    /// What is allowed besides.
    public struct Settings: Sendable {
        /// The methods that pages may use: GET, HEAD, POST, PUT, PATCH and DELETE.
        public var methods: [Method] = [.get, .head, .post, .put, .patch, .delete]
        /// The fields that pages may send beside those that everybody may: `authorization` and `content-type`.
        ///
        /// `nil` allows all that a page asks for.
        public var requestHeaders: [String]? = ["authorization", "content-type"]
        /// The fields of answers that pages may read beside those that everybody may: none.
        public var exposedHeaders: [String] = []
        /// How long a browser need not ask again: 10 minutes.
        ///
        /// Browsers have limits of their own, two hours or a day.
        public var maxAge = Duration.seconds(600)

        /// The defaults.
        public init() {}
    }

    /// The origins that are listed; `nil` for any.
    private let listed: Set<String>?
    private let allowsAnyRequestHeader: Bool
    /// The fields of answers, after the origin.
    private let actual: Headers
    /// The fields of answers to preflight requests, after the origin.
    private let preflight: Headers

    /// Middleware that allows `origins` to read answers.
    public init(_ origins: Origins, _ settings: Settings = Settings()) {
        var shared = Headers()
        switch origins {
        case .any:
            self.listed = nil
        case .listed(let origins, let credentials):
            self.listed = Set(origins.map(Self.normalized)).subtracting(["null"])
            if credentials { shared.add("access-control-allow-credentials", "true") }
        }
        self.actual = Self.adding("access-control-expose-headers", settings.exposedHeaders, to: shared)
        shared = Self.adding("access-control-allow-methods", settings.methods.map(\.rawValue), to: shared)
        shared = Self.adding("access-control-allow-headers", settings.requestHeaders ?? [], to: shared)
        shared.add("access-control-max-age", String(max(0, settings.maxAge.components.seconds)))
        self.preflight = shared
        self.allowsAnyRequestHeader = settings.requestHeaders == nil
    }

    /// Answers preflight requests.
    public func receive(_ request: Request) -> Reception {
        guard request.method == .options, request.headers.contains("origin"),
            request.headers.contains("access-control-request-method")
        else { return .unchanged }
        var headers = Headers()
        if self.allow(request, in: &headers) {
            headers.append(self.preflight)
            if self.allowsAnyRequestHeader { self.allowWhatIsAsked(request, in: &headers) }
        }
        return .answered(Response(status: .noContent, headers: headers))
    }

    /// Says that the page may read the response.
    public func finish(_ response: inout Response, to request: Request) {
        self.permit(request, in: &response.headers)
    }

    /// Says that the page may read the error.
    public func finish(_ error: any Error, to request: Request) -> any Error {
        var error = HTTPError(answering: error)
        self.permit(request, in: &error.headers)
        return error
    }

    /// Whether pages of the request's origin may read its answer.
    package func permits(_ request: Request) -> Bool {
        var headers = Headers()
        return self.allow(request, in: &headers)
    }

    /// Adds the fields of an answer, unless it has its own.
    private func permit(_ request: Request, in headers: inout Headers) {
        guard !headers.contains("access-control-allow-origin") else { return }
        if self.allow(request, in: &headers) { headers.append(self.actual) }
    }

    /// Adds the origin, where it is allowed, and that the answer depends on it.
    private func allow(_ request: Request, in headers: inout Headers) -> Bool {
        guard let listed else {
            guard request.headers.contains("origin") else { return false }
            headers.add("access-control-allow-origin", "*")
            return true
        }
        // Also where no origin was sent: a cache must not give that answer to a page.
        headers.vary(by: "origin")
        let origins = request.headers.all("origin")
        guard origins.count == 1, listed.contains(origins[0]) else { return false }
        headers.add("access-control-allow-origin", origins[0])
        return true
    }

    private func allowWhatIsAsked(_ request: Request, in headers: inout Headers) {
        let names = request.headers.list("access-control-request-headers").map(String.init)
        guard !names.isEmpty, names.allSatisfy(FieldLine.isToken) else { return }
        headers.add("access-control-allow-headers", names.joined(separator: ", "))
        headers.vary(by: "access-control-request-headers")
    }

    private static func adding(_ name: String, _ members: [String], to headers: Headers) -> Headers {
        var headers = headers
        if !members.isEmpty { headers.add(name, members.joined(separator: ", ")) }
        return headers
    }

    /// An origin as browsers write it.
    private static func normalized(_ origin: String) -> String {
        var origin = origin.lowercased()[...]
        if origin.hasSuffix("/") { origin.removeLast() }
        for (scheme, port) in [("https://", ":443"), ("http://", ":80")]
        where origin.hasPrefix(scheme) && origin.hasSuffix(port) {
            origin.removeLast(port.count)
        }
        return String(origin)
    }
}
