// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Logging
import ServiceLifecycle
import TandemHTTP
import TandemServer

/// A server that listens for the length of a test.
struct RunningTestServer: Sendable {
    /// Where it listens, in the order of its listeners.
    let addresses: [BoundAddress]
    private let group: ServiceGroup

    /// The first address.
    var address: BoundAddress { self.addresses[0] }

    /// The port of the first address.
    var port: Int { self.address.port ?? 0 }

    /// Asks for a graceful shutdown, as SIGTERM does, and returns at once.
    func shutDown() async {
        await self.group.triggerGracefulShutdown()
    }

    /// Runs a server while `body` does, then closes it at once; or waits for its end where it was told to shut down.
    static func running<Result: Sendable>(
        _ configuration: ServerConfiguration,
        _ handler: any Handler,
        _ body: (RunningTestServer) async throws -> Result
    ) async throws -> Result {
        let (started, continuation) = AsyncStream.makeStream(of: [BoundAddress].self)
        let server = Server(configuration, handler: handler) { continuation.yield($0) }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let group = ServiceGroup(services: [server], logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }
                // A service that ends by itself was shut down, which is no error here.
                do { try await group.run() } catch is ServiceGroupError, is CancellationError {}
            }
            var addresses = started.makeAsyncIterator()
            guard let addresses = await addresses.next() else {
                try await tasks.waitForAll()
                throw ServerNeverListened()
            }
            defer { tasks.cancelAll() }
            return try await body(RunningTestServer(addresses: addresses, group: group))
        }
    }
}

/// A server ended before it listened.
struct ServerNeverListened: Error {}

extension ServerConfiguration {
    /// One event loop at a free port of 127.0.0.1.
    static func test(_ change: (inout ServerConfiguration) -> Void = { _ in }) -> ServerConfiguration {
        var configuration = ServerConfiguration(.tcp(port: 0))
        configuration.eventLoops = 1
        configuration.observability.accessLog = nil
        change(&configuration)
        return configuration
    }
}

/// Runs a server at a free port while `body` does.
///
/// ```swift
/// try await withServer(.test(), handler) { address in … }
/// ```
func withServer<Result: Sendable>(
    _ configuration: ServerConfiguration = .test(),
    _ handler: any Handler,
    _ body: (BoundAddress) async throws -> Result
) async throws -> Result {
    try await RunningTestServer.running(configuration, handler) { try await body($0.address) }
}

/// Runs a server of a closure at a free port while `body` does.
func withServer<Result: Sendable>(
    _ configuration: ServerConfiguration = .test(),
    answering closure: @escaping @Sendable (Request) async throws -> Response,
    _ body: (BoundAddress) async throws -> Result
) async throws -> Result {
    try await withServer(configuration, ClosureHandler(closure), body)
}
