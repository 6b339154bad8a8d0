// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import Tandem
public import TandemAPI

extension App {
    /// Starts the modules, has a client ask the application without a socket, and stops the modules.
    /// ```swift
    /// @Test func `a ticket is opened`() async throws {
    ///     try await Helpdesk().app().test { client in
    ///         let created = try await client.post("/tickets", json: TicketDraft(subject: "On fire"))
    ///         #expect(created.status == .created)
    ///     }
    /// }
    /// ```
    /// Where each `try` stands in an `#expect`, the compiler does not see that the closure throws: begin it with
    /// `{ client async throws in`.
    ///
    /// - Parameters:
    ///   - overriding: Puts other dependencies in the place of some.
    ///   - body: Asks and expects.
    /// - Returns: What `body` returns.
    /// - Throws: What is wrong with the application, or what `body` throws.
    @discardableResult
    public func test<Result>(
        overriding: (inout Providers) -> Void = { _ in },
        _ body: (TestClient) async throws -> Result
    ) async throws -> Result {
        var overrides = Providers()
        overriding(&overrides)
        let client = TestClient(try self.handler(overrides: overrides))
        return try await self.routes.withModulesStarted { try await body(client) }
    }
}
