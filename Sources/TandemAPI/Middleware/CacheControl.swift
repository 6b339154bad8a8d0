// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A value of Cache-Control (RFC 9111, section 5.2).
public struct CacheControl: RawRepresentable, Sendable, Hashable {
    /// The directives as they are sent: `public, max-age=60`.
    public let rawValue: String

    /// Directives as they are sent.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    private init(_ directives: String?...) {
        self.rawValue = directives.compactMap(\.self).joined(separator: ", ")
    }

    /// Nobody keeps the answer.
    public static var noStore: CacheControl { CacheControl("no-store") }

    /// The client may keep it, and asks before each use whether it is still good.
    public static var noCache: CacheControl { CacheControl("private", "no-cache") }

    /// The client alone may keep it.
    ///
    /// - Parameter maxAge: For so long.
    /// - Returns: `private` and `max-age`.
    public static func `private`(maxAge: Duration) -> CacheControl {
        CacheControl("private", self.directive("max-age", maxAge))
    }

    /// Whoever sees it may keep it.
    ///
    /// Also where the request had credentials: what it says must be the same for everybody.
    ///
    /// - Parameters:
    ///   - maxAge: For so long.
    ///   - sharedMaxAge: For so long in caches of many clients; `nil` for as long as in all others.
    ///   - staleWhileRevalidate: For so long after that a cache may still use it while it asks for a new one
    ///     (RFC 5861); `nil` for not at all.
    ///   - isImmutable: Whether it never changes within that time (RFC 8246), as with a name that holds a digest.
    /// - Returns: `public`, `max-age`, and what else was asked for.
    public static func `public`(
        maxAge: Duration,
        sharedMaxAge: Duration? = nil,
        staleWhileRevalidate: Duration? = nil,
        isImmutable: Bool = false
    ) -> CacheControl {
        CacheControl(
            "public",
            self.directive("max-age", maxAge),
            sharedMaxAge.map { self.directive("s-maxage", $0) },
            staleWhileRevalidate.map { self.directive("stale-while-revalidate", $0) },
            isImmutable ? "immutable" : nil
        )
    }

    private static func directive(_ name: String, _ duration: Duration) -> String {
        "\(name)=\(max(0, duration.components.seconds))"
    }
}
