// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import ServiceLifecycle
public import TandemAPI
public import TandemHTTP
import TandemServer
import UnixSignals

/// An application: what it answers, how it is set up, and how it runs.
/// ```swift
/// import Tandem
///
/// let app = App()
/// app.get("/hello/{name}") { call in "Hello, \(call.path["name"] ?? "")!" }
/// try await app.run()
/// ```
public final class App: RouteBuilder {
    /// How it is set up; from the environment unless said otherwise.
    public var configuration: Configuration
    /// What it answers.
    public let routes = Routes()
    private var middleware: [any Middleware] = []
    private var services: [any Service] = []
    /// Its database, once it has asked for one.
    var storage: ApplicationStorage?

    /// An application that answers nothing yet.
    public init(_ configuration: Configuration = .fromEnvironment()) {
        self.configuration = configuration
    }

    /// Puts middleware before everything, what no endpoint answers included; the first sees a request first.
    public func use(_ middleware: any Middleware...) {
        self.middleware += middleware
    }

    /// Adds a service that runs for as long as the application serves, such as one that polls.
    ///
    /// The application ends when it does, and it is asked to shut down after the last request was answered.
    public func add(service: any Service) {
        self.services.append(service)
    }

    /// What answers, with the pages of the documentation, behind the middleware.
    ///
    /// - Parameter overrides: Dependencies that are made another way, as in tests.
    /// - Returns: The handler.
    /// - Throws: `PathPatternError`, `RouteConflict`, `MissingProvider` and `UnreadableQuery`, which name the places of
    ///   what is wrong.
    public func handler(overrides: Providers = Providers()) throws -> any Handler {
        try self.routes
            .handler(documentation: self.configuration.documentation, overrides: overrides)
            .wrapped(in: self.middleware)
    }

    /// Starts the modules, serves until the process is asked to end, and stops the modules.
    func serve(onListening: @escaping @Sendable ([BoundAddress]) async -> Void) async throws {
        try self.configuration.check()
        let server = Server(self.configuration.server, handler: try self.handler(), onListening: onListening)
        let services = self.services + [server]
        let logger = self.configuration.logger
        try await self.routes.withModulesStarted {
            try await ServiceGroup(
                services: services,
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            ).run()
        }
    }
}
