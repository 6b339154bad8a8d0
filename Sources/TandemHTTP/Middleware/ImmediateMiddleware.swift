// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Middleware that never suspends by itself: it looks at the request, then at what comes back.
///
/// Each step is written once, and serves handlers that answer at once and those that take time alike.
///
/// ```swift
/// struct PoweredBy: ImmediateMiddleware {
///     func finish(_ response: inout Response, to request: Request) {
///         response.headers.add("x-powered-by", "coffee")
///     }
/// }
/// ```
///
/// `receive` may be called twice for one request, since a handler that turns out to need time is asked again: it
/// must not count, or change anything that shows.
public protocol ImmediateMiddleware: Middleware {
    /// Looks at a request before what follows does. Unless it is implemented, all pass unchanged.
    func receive(_ request: Request) throws -> Reception

    /// Changes what was answered. Unless it is implemented, that stays as it is.
    func finish(_ response: inout Response, to request: Request) throws

    /// Changes what was thrown. Unless it is implemented, that stays as it is.
    ///
    /// ``HTTPError/init(answering:)`` makes an error one that has fields to add to. It hides the error from those
    /// outside that look for its type, so what translates an application's errors belongs innermost.
    func finish(_ error: any Error, to request: Request) -> any Error
}

/// What becomes of a request.
public enum Reception: Sendable {
    /// It goes on as it is.
    case unchanged
    /// It goes on as another.
    case changed(Request)
    /// It is answered, without what follows and without `finish`.
    case answered(Response)
}

extension ImmediateMiddleware {
    /// Lets the request pass.
    public func receive(_ request: Request) throws -> Reception { .unchanged }

    /// Leaves the response as it is.
    public func finish(_ response: inout Response, to request: Request) throws {}

    /// Leaves the error as it is.
    public func finish(_ error: any Error, to request: Request) -> any Error { error }

    /// Calls `receive`, what follows, and `finish`.
    public func respond(to request: Request, next: Next) async throws -> Response {
        switch try self.receive(request) {
        case .unchanged: try await self.pass(request, to: next)
        case .changed(let changed): try await self.pass(changed, to: next)
        case .answered(let response): response
        }
    }

    /// Calls `receive`, what follows, and `finish`, where what follows answers at once.
    public func respondImmediately(to request: Request, next: Next) throws -> Response? {
        switch try self.receive(request) {
        case .unchanged: try self.passImmediately(request, to: next)
        case .changed(let changed): try self.passImmediately(changed, to: next)
        case .answered(let response): response
        }
    }

    private func pass(_ request: Request, to next: Next) async throws -> Response {
        var response: Response
        do {
            response = try await next(request)
        } catch {
            throw self.finish(error, to: request)
        }
        try self.finish(&response, to: request)
        return response
    }

    private func passImmediately(_ request: Request, to next: Next) throws -> Response? {
        var response: Response
        do {
            guard let answer = try next.immediately(request) else { return nil }
            response = answer
        } catch {
            throw self.finish(error, to: request)
        }
        try self.finish(&response, to: request)
        return response
    }
}
