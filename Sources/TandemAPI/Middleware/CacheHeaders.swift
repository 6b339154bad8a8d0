// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// Says for how long, and by whom, answers may be kept (RFC 9111).
///
/// ```swift
/// let handler = catalogue.wrapped(in: [CacheHeaders(.public(maxAge: .seconds(60)), vary: ["accept-language"])])
/// ```
///
/// It speaks of answers to GET and HEAD with a status of 200 to 399, where the handler has not said anything itself.
/// One that sets a cookie is told `no-store`, since a cache that keeps it would hand one client's cookie to others.
/// Errors are left alone.
public struct CacheHeaders: ImmediateMiddleware {
    private let control: CacheControl
    private let vary: [String]
    private let expires: Duration?
    private let now: @Sendable () -> HTTPDate

    /// Middleware that adds `cache-control`, and what goes with it.
    ///
    /// - Parameters:
    ///   - control: The value of Cache-Control.
    ///   - vary: The fields of requests that answers depend on; none.
    ///   - expires: From now to the date of Expires, for caches from before Cache-Control; `nil` for none.
    ///   - now: The clock for Expires.
    public init(
        _ control: CacheControl,
        vary: [String] = [],
        expires: Duration? = nil,
        now: @escaping @Sendable () -> HTTPDate = { .now }
    ) {
        self.control = control
        self.vary = vary
        self.expires = expires
        self.now = now
    }

    /// Adds the fields that the response lacks.
    public func finish(_ response: inout Response, to request: Request) {
        guard (200..<400).contains(response.status.code), request.method == .get || request.method == .head else {
            return
        }
        for name in self.vary { response.headers.vary(by: name) }
        guard !response.headers.contains("cache-control") else { return }
        guard !response.headers.contains("set-cookie") else {
            response.headers.add("cache-control", CacheControl.noStore.rawValue)
            return
        }
        response.headers.add("cache-control", self.control.rawValue)
        if let expires, !response.headers.contains("expires") {
            let seconds = Int(clamping: expires.components.seconds)
            response.headers.add("expires", self.now().advanced(by: seconds).description)
        }
    }
}
