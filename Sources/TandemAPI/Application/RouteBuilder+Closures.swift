// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// Endpoints that are closures, for small things.
///
/// A closure returns what a function of an API may: a value of a `Schema` or a `Codable` type, text, a `Response` or
/// another result, or nothing.
/// ```swift
/// routes.get("/hello/{name}") { call in "Hello, \(try call.path("name", as: String.self))!" }
/// routes.delete("/cache") { _ in await cache.clear() }
/// ```
extension RouteBuilder {
    /// Answers GET: `routes.get("/tickets/{id}") { call in … }`.
    public var get: ClosureRoutes { ClosureRoutes(.get, self.routes) }

    /// Answers POST.
    public var post: ClosureRoutes { ClosureRoutes(.post, self.routes) }

    /// Answers PUT.
    public var put: ClosureRoutes { ClosureRoutes(.put, self.routes) }

    /// Answers PATCH.
    public var patch: ClosureRoutes { ClosureRoutes(.patch, self.routes) }

    /// Answers DELETE.
    public var delete: ClosureRoutes { ClosureRoutes(.delete, self.routes) }

    /// Answers a method with a value of a `Schema` type, as JSON.
    public func on<Value: Schema>(
        _ method: Method,
        _ path: PathPattern,
        file: String = #fileID,
        line: Int = #line,
        _ body: @escaping @Sendable (Call) async throws -> Value
    ) {
        self.add(method, path, SourcePlace(fileID: file, line: line), body, Results.describe, Results.response)
    }

    /// Answers a method with text.
    public func on(
        _ method: Method,
        _ path: PathPattern,
        file: String = #fileID,
        line: Int = #line,
        _ body: @escaping @Sendable (Call) async throws -> String
    ) {
        self.add(method, path, SourcePlace(fileID: file, line: line), body, Results.describe, Results.response)
    }

    /// Answers a method with a result such as a `Response`.
    public func on<Result: EndpointResult>(
        _ method: Method,
        _ path: PathPattern,
        file: String = #fileID,
        line: Int = #line,
        _ body: @escaping @Sendable (Call) async throws -> Result
    ) {
        self.add(method, path, SourcePlace(fileID: file, line: line), body, Results.describe, Results.response)
    }

    /// Answers a method with a value of a `Codable` type, as JSON of which the document knows no more.
    @_disfavoredOverload
    public func on<Value: Codable & Sendable>(
        _ method: Method,
        _ path: PathPattern,
        file: String = #fileID,
        line: Int = #line,
        _ body: @escaping @Sendable (Call) async throws -> Value
    ) {
        self.add(method, path, SourcePlace(fileID: file, line: line), body, Results.describe, Results.response)
    }

    /// Answers a method with nothing: 204.
    @_disfavoredOverload
    public func on(
        _ method: Method,
        _ path: PathPattern,
        file: String = #fileID,
        line: Int = #line,
        _ body: @escaping @Sendable (Call) async throws -> Void
    ) {
        self.add(method, path, SourcePlace(fileID: file, line: line), body, Results.describe, Results.response)
    }

    /// Adds the endpoint of a closure, whose results are described and answered with by their type.
    private func add<Value>(
        _ method: Method,
        _ path: PathPattern,
        _ source: SourcePlace,
        _ body: @escaping @Sendable (Call) async throws -> Value,
        _ describe: @escaping @Sendable (Value.Type, inout Definitions) -> ResultDescription,
        _ response: @escaping @Sendable (Value, Call) throws -> Response
    ) {
        let endpoint = Endpoint(
            method,
            path,
            name: "\(method.rawValue.lowercased())",
            source: source,
            describe: { definitions in Operation(method.rawValue, result: describe(Value.self, &definitions)) },
            respond: { call in try response(try await body(call), call) }
        )
        self.add(endpoint)
    }
}
