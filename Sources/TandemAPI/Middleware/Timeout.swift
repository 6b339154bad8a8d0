// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// Answers in a handler's place where that takes too long, and cancels it.
///
/// ```swift
/// let handler = routes.wrapped(in: [Timeout(.seconds(5))])
/// ```
///
/// The client gets its error, code `handler-timeout`, when the time is over, also where the handler takes no notice of
/// its cancellation; what it answers then is dropped. Only the answer counts: a body that is streamed may take as long
/// as it likes. A handler that blocks its thread cannot be stopped; give such work to `offload`.
public struct Timeout: Middleware {
    private let limit: Duration
    private let status: Status
    private let sleep: @Sendable (Duration) async throws -> Void

    /// Middleware that waits for an answer for so long.
    ///
    /// - Parameters:
    ///   - limit: From the request's head to the response's; 30 seconds.
    ///   - status: What is answered then: 503, or better 504 where the handler asks another server.
    ///   - clock: What tells the time.
    public init<C: Clock>(
        _ limit: Duration = .seconds(30),
        status: Status = .serviceUnavailable,
        clock: C = ContinuousClock()
    ) where C.Duration == Duration {
        self.limit = limit
        self.status = status
        self.sleep = { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) }
    }

    /// Answers what is first: what follows, or the error.
    public func respond(to request: Request, next: Next) async throws -> Response {
        let race = FirstResult<Response>()
        // Not a child of this task, which would have to wait for it; but on the same event loop.
        let handler = Task.immediate(executorPreference: request.connection.executor) {
            do {
                race.offer(.success(try await next(request)))
            } catch {
                race.offer(.failure(error))
            }
        }
        // A handler that never suspended has answered by now, and costs no timer.
        if let result = race.result { return try result.get() }
        let timer = Task.immediate(executorPreference: request.connection.executor) {
            guard (try? await self.sleep(self.limit)) != nil else { return }
            race.offer(.failure(self.error))
            handler.cancel()
        }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await race.first()
        } onCancel: {
            handler.cancel()
        }
    }

    /// Answers what follows where that takes no time.
    public func respondImmediately(to request: Request, next: Next) throws -> Response? {
        try next.immediately(request)
    }

    private var error: HTTPError {
        HTTPError(self.status, "The answer took longer than \(self.limit).", code: "handler-timeout")
    }
}
