// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemServer

/// Serves what a middleware answers, and `other` beside it, at a free port while `body` runs.
func serving<Result: Sendable>(
    _ middleware: any Middleware,
    beside other: Response = Response("elsewhere"),
    eventLoops: Int = 1,
    _ body: (_ port: Int) async throws -> Result
) async throws -> Result {
    var configuration = ServerConfiguration(.tcp(port: 0))
    configuration.eventLoops = eventLoops
    configuration.observability.accessLog = nil
    let handler = ImmediateHandler { _ in other }.wrapped(in: [middleware])
    let (started, continuation) = AsyncStream.makeStream(of: Int.self)
    let server = Server(configuration, handler: handler) { addresses in
        continuation.yield(addresses[0].port ?? 0)
    }
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            defer { continuation.finish() }
            try await server.run()
        }
        var ports = started.makeAsyncIterator()
        guard let port = await ports.next() else { throw NeverListened() }
        defer { tasks.cancelAll() }
        return try await body(port)
    }
}

/// A server did not come so far as to listen.
struct NeverListened: Error {}
