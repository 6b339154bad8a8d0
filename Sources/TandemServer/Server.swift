// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Logging
public import ServiceLifecycle
public import TandemHTTP
import UnixSignals

/// An HTTP server.
///
/// ```swift
/// let server = Server(.init(.tcp(port: 8080))) { request in
///     Response("Hello, World!")
/// }
/// try await server.serve()
/// ```
public struct Server: Service {
    private let configuration: ServerConfiguration
    private let handler: any Handler
    private let onListening: @Sendable ([BoundAddress]) async -> Void

    /// A server of a handler.
    ///
    /// - Parameters:
    ///   - configuration: How it listens, what it allows, how it ends.
    ///   - handler: What answers.
    ///   - onListening: Called once all listeners accept connections, with their addresses in order.
    public init(
        _ configuration: ServerConfiguration = ServerConfiguration(),
        handler: any Handler,
        onListening: @escaping @Sendable ([BoundAddress]) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.handler = handler
        self.onListening = onListening
    }

    /// A server of a closure.
    public init(
        _ configuration: ServerConfiguration = ServerConfiguration(),
        _ closure: @escaping @Sendable (Request) async throws -> Response
    ) {
        self.init(configuration, handler: ClosureHandler(closure))
    }

    /// A server of a closure that never suspends, which costs no task for a request.
    public init(
        _ configuration: ServerConfiguration = ServerConfiguration(),
        _ closure: @escaping @Sendable (Request) throws -> Response
    ) {
        self.init(configuration, handler: ImmediateHandler(closure))
    }

    /// Serves until the process gets SIGTERM or SIGINT, then shuts down gracefully.
    ///
    /// - Throws: ``ServerError`` where it cannot listen.
    public func serve() async throws {
        let logger = Logger(label: "tandem.server")
        let group = ServiceGroup(
            services: [self],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        try await group.run()
    }

    /// Serves until the service group that it is part of shuts down, or the task is cancelled.
    ///
    /// Graceful shutdown stops accepting, finishes what is in flight until the deadline of the configuration, and then
    /// closes; cancellation closes at once.
    ///
    /// - Throws: ``ServerError`` where it cannot listen.
    public func run() async throws {
        let context = ServerContext(
            handler: OperationalEndpoints(self.configuration.operations, application: self.handler),
            configuration: self.configuration,
            observer: Observer(self.configuration.observability)
        )
        let running = RunningServer(context: context)
        do {
            let addresses = try await running.start(self.configuration.listeners)
            self.configuration.operations.health.ready()
            await self.onListening(addresses)
            await running.waitForShutdown()
        } catch {
            await running.close()
            throw error
        }
    }
}

/// Why a server could not start.
public struct ServerError: Error, CustomStringConvertible {
    /// What happened, to what, and what to do.
    public let description: String
    /// What caused it.
    public let cause: (any Error)?

    init(_ description: String, cause: (any Error)? = nil) {
        self.description = description
        self.cause = cause
    }
}
