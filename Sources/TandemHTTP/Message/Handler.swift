// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What answers requests: the seam between an application and the server.
public protocol Handler: Sendable {
    /// Answers a request.
    ///
    /// Runs on the event loop of the request's connection; a handler that never suspends costs no thread hop. Work
    /// that keeps a processor busy belongs in `offload`.
    ///
    /// - Throws: An ``HTTPError`` answers with its status, any other error with 500 and without its text.
    func respond(to request: Request) async throws -> Response

    /// Answers a request at once where that needs no suspension, or returns `nil` to have `respond(to:)` called.
    ///
    /// It must be quick, and must not consume anything that `respond(to:)` needs where it returns `nil`.
    func respondImmediately(to request: Request) throws -> Response?
}

extension Handler {
    /// Leaves every request to `respond(to:)`.
    public func respondImmediately(to request: Request) throws -> Response? { nil }
}

/// A handler made of a closure.
public struct ClosureHandler: Handler {
    private let closure: @Sendable (Request) async throws -> Response

    /// A handler that calls `closure`.
    public init(_ closure: @escaping @Sendable (Request) async throws -> Response) {
        self.closure = closure
    }

    /// Calls the closure.
    public func respond(to request: Request) async throws -> Response {
        try await self.closure(request)
    }
}

/// A handler made of a closure that never suspends, which the server calls without making a task.
public struct ImmediateHandler: Handler {
    private let closure: @Sendable (Request) throws -> Response

    /// A handler that calls `closure`.
    public init(_ closure: @escaping @Sendable (Request) throws -> Response) {
        self.closure = closure
    }

    /// Calls the closure.
    public func respond(to request: Request) async throws -> Response { try self.closure(request) }

    /// Calls the closure.
    public func respondImmediately(to request: Request) throws -> Response? { try self.closure(request) }
}
