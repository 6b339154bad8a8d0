// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// What answers one method on one path, and what is said of it in the documentation.
public struct Endpoint: Sendable {
    /// The method.
    public let method: Method
    /// The paths.
    public private(set) var pattern: PathPattern
    /// Where it is declared.
    public let source: SourcePlace
    /// The name within its API: that of the function.
    public let name: String
    /// The group that it belongs to in the documentation.
    public var tag: String?
    private var middleware: [any Middleware] = []
    private var providers = Providers()
    private let describe: @Sendable (inout Definitions) -> Operation
    private let respondImmediately: (@Sendable (Call) throws -> Response?)?
    private let respond: @Sendable (Call) async throws -> Response

    /// An endpoint from its parts; generated code calls this.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - pattern: The paths.
    ///   - name: A name within its API.
    ///   - source: Where it is declared.
    ///   - describe: Says what it is; called when the documentation is made.
    ///   - respondImmediately: Answers a call that needs nothing to be waited for, or returns `nil`.
    ///   - respond: Answers a call.
    public init(
        _ method: Method,
        _ pattern: PathPattern,
        name: String,
        source: SourcePlace,
        describe: @escaping @Sendable (inout Definitions) -> Operation,
        respondImmediately: (@Sendable (Call) throws -> Response?)? = nil,
        respond: @escaping @Sendable (Call) async throws -> Response
    ) {
        self.method = method
        self.pattern = pattern
        self.name = name
        self.source = source
        self.describe = describe
        self.respondImmediately = respondImmediately
        self.respond = respond
    }

    /// The endpoint below a path, in a group of the documentation.
    func below(_ prefix: PathPattern, tag: String?) -> Endpoint {
        var copy = self
        copy.pattern = prefix.appending(self.pattern)
        copy.tag = self.tag ?? tag
        return copy
    }

    /// The endpoint behind middleware, which sees a request before what it is behind already.
    public func wrapped(in middleware: [any Middleware]) -> Endpoint {
        var copy = self
        copy.middleware = middleware + self.middleware
        return copy
    }

    /// The endpoint with more that is provided; what it has already goes before.
    func provided(by providers: Providers) -> Endpoint {
        var copy = self
        copy.providers = providers.merging(self.providers)
        return copy
    }

    /// A name that no other endpoint has: `tickets.list`.
    package var operationID: String {
        guard let tag = self.tag else {
            let path = self.pattern.description.split { !$0.isLetter && !$0.isNumber }.joined(separator: "_")
            return "\(self.name)_\(path)"
        }
        return "\(tag.prefix(1).lowercased())\(tag.dropFirst()).\(self.name)"
    }

    /// What it is, for documentation.
    func operation(in definitions: inout Definitions) -> Operation {
        var operation = self.describe(&definitions)
        operation.tag = operation.tag ?? self.tag
        // A closure takes what it wants of the path, and says nothing of it.
        let named = operation.parameters.filter { $0.place == .path }.map(\.name)
        for name in self.pattern.parameterNames where !named.contains(name) {
            operation.parameters.append(.init(name, in: .path, schema: JSONSchema(type: "string"), isRequired: true))
        }
        return operation
    }

    /// The route that the router takes.
    ///
    /// - Throws: `MissingProvider` where nobody provides what it asks for, `UnreadableQuery` where it asks for a query
    ///   of a type without properties.
    func route(overrides: Providers) throws -> Route {
        let providers = self.providers.merging(overrides)
        var definitions = Definitions()
        let operation = self.describe(&definitions)
        let place = "\(self.method) \(self.pattern) (\(self.source))"
        if let type = operation.unreadable { throw UnreadableQuery(type, for: place) }
        for type in operation.provided where providers[type] == nil { throw MissingProvider(type, for: place) }
        let calls = EndpointCalls(
            respondImmediately: self.respondImmediately,
            respond: self.respond,
            providers: providers
        )
        let middleware = self.middleware
        if middleware.isEmpty {
            return Route(
                self.method,
                self.pattern,
                source: self.source,
                respondImmediately: self.respondImmediately == nil ? nil : calls.answerImmediately,
                respond: calls.answer
            )
        }
        return Route(
            self.method,
            self.pattern,
            source: self.source,
            respondImmediately: { request, path in
                try EndpointHandler(calls: calls, path: path).wrapped(in: middleware).respondImmediately(to: request)
            },
            respond: { request, path in
                try await EndpointHandler(calls: calls, path: path).wrapped(in: middleware).respond(to: request)
            }
        )
    }
}

/// An endpoint for the calls of one path, to stand behind middleware.
private struct EndpointHandler: Handler {
    let calls: EndpointCalls
    let path: PathParameters

    func respondImmediately(to request: Request) throws -> Response? {
        try self.calls.answerImmediately(request, self.path)
    }

    func respond(to request: Request) async throws -> Response {
        try await self.calls.answer(request, self.path)
    }
}

/// What answers the calls of an endpoint.
private struct EndpointCalls: Sendable {
    let respondImmediately: (@Sendable (Call) throws -> Response?)?
    let respond: @Sendable (Call) async throws -> Response
    let providers: Providers

    @Sendable func answerImmediately(_ request: Request, _ path: PathParameters) throws -> Response? {
        do {
            return try self.respondImmediately?(Call(request, path, providers: self.providers))
        } catch {
            throw Self.answer(to: error)
        }
    }

    @Sendable func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        do {
            return try await self.respond(Call(request, path, providers: self.providers))
        } catch {
            throw Self.answer(to: error)
        }
    }

    /// What the server is to answer: the problem, with the error for the log.
    private static func answer(to error: any Error) -> any Error {
        guard !(error is HTTPError), let error = error as? any ProblemError else { return error }
        var problem = error.problem
        problem.cause = problem.cause ?? error
        return problem
    }
}
