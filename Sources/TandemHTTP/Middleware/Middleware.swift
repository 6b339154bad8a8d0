// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What stands between a server and a handler: it sees the request first and the response last.
///
/// ```swift
/// struct Stopwatch: Middleware {
///     func respond(to request: Request, next: Next) async throws -> Response {
///         let start = ContinuousClock.now
///         var response = try await next(request)
///         response.headers.add("server-timing", "total;dur=\(start.duration(to: .now) / .milliseconds(1))")
///         return response
///     }
/// }
/// let handler = routes.wrapped(in: [Stopwatch(), Compression()])
/// ```
///
/// It may change the request, answer in the handler's place, change the response, and translate errors. What never
/// suspends by itself is better an ``ImmediateMiddleware``, which leaves quick handlers quick.
public protocol Middleware: Sendable {
    /// Answers a request, mostly by calling `next` and returning what that answers.
    ///
    /// - Throws: What `next` throws; an ``HTTPError`` answers with its status, any other error with 500.
    func respond(to request: Request, next: Next) async throws -> Response

    /// Answers a request at once where neither this nor what follows needs to suspend, or returns `nil` to have
    /// `respond(to:next:)` called, from its start.
    ///
    /// So it may do nothing that shows before it knows that `next.immediately` has answered; what it has to do
    /// earlier, it undoes where that returns `nil`. Unless it is implemented, it returns `nil`.
    func respondImmediately(to request: Request, next: Next) throws -> Response?
}

extension Middleware {
    /// Leaves every request to `respond(to:next:)`.
    public func respondImmediately(to request: Request, next: Next) throws -> Response? { nil }
}

/// Middleware made of a closure.
///
/// ```swift
/// ClosureMiddleware { request, next in
///     guard isOpen(at: .now) else { throw HTTPError(.serviceUnavailable, "We open at nine.") }
///     return try await next(request)
/// }
/// ```
public struct ClosureMiddleware: Middleware {
    private let closure: @Sendable (Request, Next) async throws -> Response

    /// Middleware that calls `closure`.
    public init(_ closure: @escaping @Sendable (_ request: Request, _ next: Next) async throws -> Response) {
        self.closure = closure
    }

    /// Calls the closure.
    public func respond(to request: Request, next: Next) async throws -> Response {
        try await self.closure(request, next)
    }
}
