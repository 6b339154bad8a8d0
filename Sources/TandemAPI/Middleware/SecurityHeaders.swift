// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// Tells browsers to be careful with what is answered, errors included.
///
/// ```swift
/// var settings = SecurityHeaders.Settings()
/// settings.contentSecurityPolicy = "default-src 'self'; img-src 'self' https://images.example"
/// let careful = SecurityHeaders(settings)
/// ```
///
/// A field that the handler has set itself stays as it is.
public struct SecurityHeaders: ImmediateMiddleware {
    /// The values of the fields; `nil` leaves one out.
    public struct Settings: Sendable {
        /// Strict-Transport-Security (RFC 6797), sent over secure connections only: `max-age=31536000`, a year.
        ///
        /// Add `; includeSubDomains` once all names below this one are served over TLS.
        public var strictTransportSecurity: String? = "max-age=31536000"
        /// Content-Security-Policy: scripts, styles and all else from this origin only, nothing inline, and no frame
        /// around it.
        public var contentSecurityPolicy: String? =
            "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
        /// X-Content-Type-Options: `nosniff`, so that no browser takes a text for a script.
        public var contentTypeOptions: String? = "nosniff"
        /// X-Frame-Options, for browsers that do not know `frame-ancestors`: `DENY`.
        public var frameOptions: String? = "DENY"
        /// Referrer-Policy: `same-origin`, so that other sites learn nothing of where their visitors come from.
        public var referrerPolicy: String? = "same-origin"
        /// Permissions-Policy: no camera, no microphone, no place.
        public var permissionsPolicy: String? = "camera=(), geolocation=(), microphone=()"
        /// Cross-Origin-Opener-Policy: `same-origin`; windows that sign in elsewhere may need
        /// `same-origin-allow-popups`.
        public var crossOriginOpenerPolicy: String? = "same-origin"
        /// Cross-Origin-Resource-Policy: `same-origin`; what other sites may embed needs `cross-origin`.
        public var crossOriginResourcePolicy: String? = "same-origin"

        /// The defaults.
        public init() {}

        /// The fields for every connection.
        fileprivate var always: [(name: String, value: String)] {
            [
                ("content-security-policy", self.contentSecurityPolicy),
                ("x-content-type-options", self.contentTypeOptions),
                ("x-frame-options", self.frameOptions),
                ("referrer-policy", self.referrerPolicy),
                ("permissions-policy", self.permissionsPolicy),
                ("cross-origin-opener-policy", self.crossOriginOpenerPolicy),
                ("cross-origin-resource-policy", self.crossOriginResourcePolicy),
            ].compactMap { name, value in value.map { (name, $0) } }
        }
    }

    private let plain: Fields
    private let secure: Fields

    /// Middleware that adds the fields of `settings`.
    public init(_ settings: Settings = Settings()) {
        let always = settings.always
        self.plain = Fields(always)
        self.secure = Fields(
            always + (settings.strictTransportSecurity.map { [("strict-transport-security", $0)] } ?? [])
        )
    }

    /// Adds the fields that the response lacks.
    public func finish(_ response: inout Response, to request: Request) {
        self.fields(for: request).complete(&response.headers)
    }

    /// Adds the fields that the error lacks.
    public func finish(_ error: any Error, to request: Request) -> any Error {
        var error = HTTPError(answering: error)
        self.fields(for: request).complete(&error.headers)
        return error
    }

    private func fields(for request: Request) -> Fields {
        request.connection.isSecure ? self.secure : self.plain
    }

    /// Fields, and the same written out.
    private struct Fields: Sendable {
        let each: [(name: String, value: String)]
        let all: Headers

        init(_ each: [(name: String, value: String)]) {
            self.each = each
            self.all = each.reduce(into: Headers()) { $0.add($1.name, $1.value) }
        }

        func complete(_ headers: inout Headers) {
            // Most answers have none of them, and one copy does.
            guard self.each.contains(where: { headers.contains($0.name) }) else { return headers.append(self.all) }
            for (name, value) in self.each where !headers.contains(name) { headers.add(name, value) }
        }
    }
}
