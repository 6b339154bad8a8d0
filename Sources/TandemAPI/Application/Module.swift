// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A part of an application: endpoints that belong together, what they need, and what has to be started and stopped
/// for them.
///
/// ```swift
/// struct Support: Module {
///     let store: TicketStore
///
///     func build(_ routes: Routes) {
///         routes.provide(self.store)
///         routes.mount(Tickets())
///     }
///
///     func start() async throws { try await self.store.open() }
///     func stop() async { await self.store.close() }
/// }
/// try app.add(Support(store: store), below: "/support")
/// ```
/// What a module provides, its own endpoints and modules see, and no others.
public protocol Module: Sendable {
    /// Adds the endpoints, the modules that this one is made of, and what they need.
    func build(_ routes: Routes) throws

    /// Gets ready; no request is answered before it returns.
    ///
    /// Those added first start first, a module after those that it is made of.
    ///
    /// - Throws: Where it cannot; what was started before it is stopped, and the application ends with the error.
    func start() async throws

    /// Ends, after the last request was answered; those that started last stop first.
    func stop() async
}

extension Module {
    /// Nothing to get ready.
    public func start() async throws {}

    /// Nothing to end.
    public func stop() async {}
}

extension Routes {
    /// Starts the modules, and stops them when `body` is over, whichever way it ends.
    package func withModulesStarted<Result>(_ body: () async throws -> Result) async throws -> Result {
        var started: [any Module] = []
        do {
            for module in self.modules {
                try await module.start()
                started.append(module)
            }
            let result = try await body()
            await Self.stop(started)
            return result
        } catch {
            await Self.stop(started)
            throw error
        }
    }

    private static func stop(_ modules: [any Module]) async {
        for module in modules.reversed() { await module.stop() }
    }
}
