// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import TandemHTTP

/// What answers one method on the paths of one pattern.
package struct Route: Sendable {
    package let method: Method
    package let pattern: PathPattern
    /// Where it is declared, for messages.
    package let source: SourcePlace
    /// As ``Handler/respondImmediately(to:)``; `nil` where every answer takes a task.
    package let respondImmediately: (@Sendable (Request, PathParameters) throws -> Response?)?
    /// As ``Handler/respond(to:)``.
    package let respond: @Sendable (Request, PathParameters) async throws -> Response

    package init(
        _ method: Method,
        _ pattern: PathPattern,
        source: SourcePlace,
        respondImmediately: (@Sendable (Request, PathParameters) throws -> Response?)? = nil,
        respond: @escaping @Sendable (Request, PathParameters) async throws -> Response
    ) {
        self.method = method
        self.pattern = pattern
        self.source = source
        self.respondImmediately = respondImmediately
        self.respond = respond
    }
}
