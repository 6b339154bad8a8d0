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

    /// What it is, for documentation.
    func operation(in definitions: inout Definitions) -> Operation {
        var operation = self.describe(&definitions)
        operation.tag = operation.tag ?? self.tag
        return operation
    }

    /// The route that the router takes.
    func route(overrides: DependencyOverrides) -> Route {
        Route(
            self.method,
            self.pattern,
            source: self.source,
            respondImmediately: self.respondImmediately.map { Self.immediately($0, overrides) },
            respond: Self.waiting(self.respond, overrides)
        )
    }

    private static func immediately(
        _ respond: @escaping @Sendable (Call) throws -> Response?,
        _ overrides: DependencyOverrides
    ) -> @Sendable (Request, PathParameters) throws -> Response? {
        { request, path in
            do {
                return try respond(Call(request, path, overrides: overrides))
            } catch {
                throw self.answer(to: error)
            }
        }
    }

    private static func waiting(
        _ respond: @escaping @Sendable (Call) async throws -> Response,
        _ overrides: DependencyOverrides
    ) -> @Sendable (Request, PathParameters) async throws -> Response {
        { request, path in
            do {
                return try await respond(Call(request, path, overrides: overrides))
            } catch {
                throw self.answer(to: error)
            }
        }
    }

    /// What the server is to answer: the problem, with the error for the log.
    private static func answer(to error: any Error) -> any Error {
        switch error {
        case let error as HTTPError:
            return error
        case let error as any ProblemError:
            var problem = error.problem
            problem.cause = problem.cause ?? error
            return problem
        default:
            return error
        }
    }
}
