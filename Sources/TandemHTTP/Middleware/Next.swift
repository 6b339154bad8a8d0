// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What follows a middleware: the next one, or the handler at last.
public struct Next: Sendable {
    private let handler: any Handler

    /// What follows, as a handler; for tests of a middleware by itself.
    public init(_ handler: any Handler) {
        self.handler = handler
    }

    /// Has what follows answer.
    ///
    /// - Throws: What that throws: errors pass through middleware until one translates them.
    public func callAsFunction(_ request: Request) async throws -> Response {
        try await self.handler.respond(to: request)
    }

    /// Has what follows answer where it can do so without suspending; `nil` where it cannot.
    public func immediately(_ request: Request) throws -> Response? {
        try self.handler.respondImmediately(to: request)
    }
}

extension Handler {
    /// This handler behind middleware, the first of which is outermost: it sees requests first and responses last.
    public func wrapped(in middleware: [any Middleware]) -> any Handler {
        var handler: any Handler = self
        for layer in middleware.reversed() {
            handler = WrappedHandler(middleware: layer, next: Next(handler))
        }
        return handler
    }
}

/// A handler behind one middleware.
private struct WrappedHandler: Handler {
    let middleware: any Middleware
    let next: Next

    func respond(to request: Request) async throws -> Response {
        try await self.middleware.respond(to: request, next: self.next)
    }

    func respondImmediately(to request: Request) throws -> Response? {
        try self.middleware.respondImmediately(to: request, next: self.next)
    }
}
