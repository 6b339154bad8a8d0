// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// Two routes take the same method on the same paths.
///
/// Thrown when the routes are put together, as one of the two would never be reached.
public struct RouteConflict: Error, Sendable, CustomStringConvertible {
    /// The method of both.
    public let method: Method
    /// The patterns, in the order in which the routes were added.
    public let patterns: [PathPattern]
    /// Where the routes are declared, in the same order.
    public let sources: [SourcePlace]

    init(_ routes: Route..., method: Method) {
        self.method = method
        self.patterns = routes.map(\.pattern)
        self.sources = routes.map(\.source)
    }

    /// Which routes they are, and what to do.
    public var description: String {
        let routes = zip(self.patterns, self.sources).map { "\(self.method) \($0) (\($1))" }.joined(separator: " and ")
        return "\(routes) match the same paths. Remove one of them, or change its path or its method."
    }
}
