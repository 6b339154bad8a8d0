// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// What an application answers: endpoints, alone or in groups.
/// ```swift
/// var routes = Routes()
/// routes.mount(Tickets(db: db))
/// routes.get("/hello/{name}") { call in "Hello, \(call.path["name"] ?? "")!" }
/// routes.group("/internal", middleware: [BodyLimit(1024)]) { $0.mount(Reports()) }
/// ```
public struct Routes: Sendable {
    private let prefix: PathPattern
    private(set) var endpoints: [Endpoint] = []
    /// What the groups of the documentation are for, by their names.
    private(set) var summaries: [String: String] = [:]

    /// Nothing yet.
    public init() {
        self.init(below: "")
    }

    private init(below prefix: PathPattern) {
        self.prefix = prefix
    }

    /// Adds the endpoints of an API.
    public mutating func mount(_ api: some API) {
        self.endpoints += api.mounted(below: self.prefix)
        self.summaries[type(of: api).tag] = type(of: api).summary
    }

    /// Adds an endpoint that was made by hand.
    public mutating func add(_ endpoint: Endpoint) {
        self.endpoints.append(endpoint.below(self.prefix, tag: nil))
    }

    /// Adds endpoints below a path, with middleware that their calls alone go through.
    ///
    /// - Parameters:
    ///   - path: What their paths begin with.
    ///   - middleware: The first sees a request first, after that of the groups around.
    ///   - build: Adds them.
    public mutating func group(
        _ path: PathPattern = "",
        middleware: [any Middleware] = [],
        _ build: (inout Routes) throws -> Void
    ) rethrows {
        var group = Routes(below: self.prefix.appending(path))
        try build(&group)
        self.endpoints += group.endpoints.map { $0.wrapped(in: middleware) }
        self.summaries.merge(group.summaries) { $1 }
    }

    /// The handler that answers; a server takes it.
    ///
    /// - Parameter overrides: Dependencies that are made another way, as in tests.
    /// - Returns: The handler.
    /// - Throws: `PathPatternError` and `RouteConflict`, which name the places of what is wrong.
    public func handler(overrides: DependencyOverrides = DependencyOverrides()) throws -> any Handler {
        try Router(self.endpoints.map { $0.route(overrides: overrides) })
    }
}
