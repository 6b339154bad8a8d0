// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
public import TandemSchema

/// What `routes.get` and the like are: called with a path and a closure, an endpoint of their method.
public struct ClosureRoutes {
    private let method: Method
    private let routes: Routes

    init(_ method: Method, _ routes: Routes) {
        self.method = method
        self.routes = routes
    }

    /// Answers with a value of a `Schema` type, as JSON.
    public func callAsFunction<Value: Schema>(
        _ path: PathPattern,
        file: String = #fileID,
        line: Int = #line,
        _ body: @escaping @Sendable (Call) async throws -> Value
    ) {
        self.routes.on(self.method, path, file: file, line: line, body)
    }

    /// Answers with text.
    public func callAsFunction(
        _ path: PathPattern,
        file: String = #fileID,
        line: Int = #line,
        _ body: @escaping @Sendable (Call) async throws -> String
    ) {
        self.routes.on(self.method, path, file: file, line: line, body)
    }

    /// Answers with a result such as a `Response`.
    public func callAsFunction<Result: EndpointResult>(
        _ path: PathPattern,
        file: String = #fileID,
        line: Int = #line,
        _ body: @escaping @Sendable (Call) async throws -> Result
    ) {
        self.routes.on(self.method, path, file: file, line: line, body)
    }

    /// Answers with a value of a `Codable` type, as JSON of which the document knows no more.
    @_disfavoredOverload
    public func callAsFunction<Value: Codable & Sendable>(
        _ path: PathPattern,
        file: String = #fileID,
        line: Int = #line,
        _ body: @escaping @Sendable (Call) async throws -> Value
    ) {
        self.routes.on(self.method, path, file: file, line: line, body)
    }

    /// Answers with nothing: 204.
    @_disfavoredOverload
    public func callAsFunction(
        _ path: PathPattern,
        file: String = #fileID,
        line: Int = #line,
        _ body: @escaping @Sendable (Call) async throws -> Void
    ) {
        self.routes.on(self.method, path, file: file, line: line, body)
    }
}
