// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import Tandem
public import TandemAPI
import TandemHTTP
import TandemServer

extension App {
    /// Starts the modules, serves at a free port of 127.0.0.1, and stops all of it once `body` is through.
    /// ```swift
    /// try await Helpdesk().app().serve { url in
    ///     // url is "http://127.0.0.1:49152"; ask it with any client.
    /// }
    /// ```
    /// - Parameters:
    ///   - overriding: Puts other dependencies in the place of some.
    ///   - body: Asks and expects; it gets the URL that the application is at.
    /// - Returns: What `body` returns.
    /// - Throws: What is wrong with the application, or what `body` throws.
    @discardableResult
    public func serve<Result: Sendable>(
        overriding: (inout Providers) -> Void = { _ in },
        _ body: @Sendable (String) async throws -> Result
    ) async throws -> Result {
        var overrides = Providers()
        overriding(&overrides)
        let (addresses, listening) = AsyncStream.makeStream(of: BoundAddress.self)
        var configuration = self.configuration.server
        configuration.listeners = [.tcp(port: 0)]
        configuration.observability.accessLog = nil
        let server = Server(configuration, handler: try self.handler(overrides: overrides)) { bound in
            for address in bound { listening.yield(address) }
        }
        return try await self.routes.withModulesStarted {
            let serving = Task {
                defer { listening.finish() }
                try await server.run()
            }
            defer { serving.cancel() }
            var bound = addresses.makeAsyncIterator()
            guard let address = await bound.next() else {
                try await serving.value
                throw TestClientError(description: "The server ended before it listened.")
            }
            return try await body(address.description)
        }
    }
}
