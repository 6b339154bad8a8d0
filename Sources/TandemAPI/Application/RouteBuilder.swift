// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// What endpoints are added to: `Routes`, a group of them, an application.
public protocol RouteBuilder {
    /// Where they go.
    var routes: Routes { get }
}

extension RouteBuilder {
    /// Adds the endpoints of an API.
    public func mount(_ api: some API) {
        self.routes.append(api)
    }

    /// Adds an endpoint that was made by hand.
    public func add(_ endpoint: Endpoint) {
        self.routes.append(endpoint)
    }

    /// Adds endpoints below a path, with middleware that their calls alone go through.
    ///
    /// - Parameters:
    ///   - path: What their paths begin with.
    ///   - middleware: The first sees a request first, after that of the groups around.
    ///   - build: Adds them, and provides what they alone need.
    public func group(
        _ path: PathPattern = "",
        middleware: [any Middleware] = [],
        _ build: (Routes) throws -> Void
    ) rethrows {
        try self.routes.append(below: path, middleware: middleware, build)
    }

    /// Adds a module: its endpoints, below a path, and its life cycle.
    ///
    /// - Parameters:
    ///   - module: What to add; it starts after the modules that it adds itself.
    ///   - path: What the paths of its endpoints begin with.
    ///   - middleware: What calls of its endpoints alone go through.
    /// - Throws: What building it throws.
    public func add(_ module: some Module, below path: PathPattern = "", middleware: [any Middleware] = []) throws {
        try self.group(path, middleware: middleware) { routes in
            try module.build(routes)
            routes.append(module)
        }
    }

    /// Provides a dependency to the endpoints that are here, and in the groups and modules in here: one for all calls.
    public func provide<Value: Dependency>(_ value: Value) {
        self.routes.provide(Value.self, by: .value(value))
    }

    /// Provides a dependency to the endpoints that are here, and in the groups and modules in here: one a call.
    ///
    /// - Parameters:
    ///   - type: What is provided; what a group provides goes before what is provided around it.
    ///   - make: Makes it for a call.
    public func provide<Value: Dependency>(
        _ type: Value.Type = Value.self,
        _ make: @escaping @Sendable (Call) async throws -> Value
    ) {
        self.routes.provide(type, by: .maker(make))
    }
}
