// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// What an application answers: endpoints, alone, in groups and in modules.
/// ```swift
/// let routes = Routes()
/// routes.mount(Tickets(db: db))
/// routes.get("/hello/{name}") { call in "Hello, \(call.path["name"] ?? "")!" }
/// routes.group("/internal", middleware: [BodyLimit(1024)]) { $0.mount(Reports()) }
/// let handler = try routes.handler()
/// ```
public final class Routes: RouteBuilder {
    private let prefix: PathPattern
    private var added: [Endpoint] = []
    private var providers = Providers()
    /// What the groups of the documentation are for, by their names.
    private(set) var summaries: [String: String] = [:]
    /// The modules, each after those that it is made of.
    package private(set) var modules: [any Module] = []

    /// Nothing yet.
    public convenience init() {
        self.init(below: "")
    }

    private init(below prefix: PathPattern) {
        self.prefix = prefix
    }

    /// These.
    public var routes: Routes { self }

    /// The endpoints, with all that they need.
    package var endpoints: [Endpoint] { self.added.map { $0.provided(by: self.providers) } }

    /// The handler that answers; a server takes it.
    ///
    /// - Parameters:
    ///   - documentation: Where the endpoints' documentation is shown; `nil`, the default, for nowhere.
    ///   - overrides: Dependencies that are made another way, as in tests.
    /// - Returns: The handler.
    /// - Throws: `PathPatternError`, `RouteConflict`, `MissingProvider` and `UnreadableQuery`, which name the places of
    ///   what is wrong.
    public func handler(
        documentation: DocumentationSettings? = nil,
        overrides: Providers = Providers()
    ) throws -> any Handler {
        let pages = try documentation.map { try DocumentationPages(self, $0).routes() }
        return try Router(self.endpoints.map { try $0.route(overrides: overrides) } + (pages ?? []))
    }

    func append(_ endpoint: Endpoint) {
        self.added.append(endpoint.below(self.prefix, tag: nil))
    }

    func append(_ api: some API) {
        self.added += api.mounted(below: self.prefix)
        self.summaries[type(of: api).tag] = type(of: api).summary
    }

    func append(_ module: some Module) {
        self.modules.append(module)
    }

    func provide<Value: Dependency>(_ type: Value.Type, by provider: Provider) {
        self.providers[type] = provider
    }

    /// Takes over what was added to routes below a path.
    func append(
        below path: PathPattern,
        middleware: [any Middleware],
        _ build: (Routes) throws -> Void
    ) rethrows {
        let group = Routes(below: self.prefix.appending(path))
        try build(group)
        self.added += group.endpoints.map { $0.wrapped(in: middleware) }
        self.summaries.merge(group.summaries) { $1 }
        self.modules += group.modules
    }
}
