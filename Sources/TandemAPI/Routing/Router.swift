// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import TandemHTTP

/// Has the route answer that a request's method and path lead to.
///
/// - No route for the path is 404, `no-such-route`. A path with a slash at its end is another path than the one
///   without: there is no redirect between them.
/// - No route for the method is 405, with the methods that there are in `Allow`. The path decides first, and the
///   method among the routes of the pattern that was found: with `GET /users/me` and `PUT /users/{id}`,
///   `PUT /users/me` is 405.
/// - HEAD is answered by the route for GET where it has none of its own; the server leaves the body out.
/// - OPTIONS, on a path as well as on `*`, is answered with 204 and `Allow` where no route takes it.
/// - A path that is not percent-encoded UTF-8 is 400, `malformed-path`, whatever routes there are.
package struct Router: Handler {
    private let routes: [Route]
    /// The names of each route's parameters.
    private let names: [[String]]
    private let trie: RouteTrie<MethodTable>
    /// The methods of all routes, for `OPTIONS *`.
    private let allow: String

    /// Puts routes together; their order does not matter.
    ///
    /// - Throws: ``PathPatternError`` of the first pattern that has one, ``RouteConflict`` where two routes take the
    ///   same method on the same paths.
    package init(_ routes: [Route]) throws {
        var builder = RouteTrieBuilder<MethodTable>()
        for (index, route) in routes.enumerated() {
            try builder.update(route.steps()) { table throws(RouteConflict) in
                if let other = table?.own(route.method) {
                    throw RouteConflict(routes[other], route, method: route.method)
                }
                table = table ?? MethodTable()
                table?.add(route.method, index)
            }
        }
        self.routes = routes
        self.names = routes.map(\.pattern.parameterNames)
        self.trie = builder.build()
        self.allow = MethodTable.list(self.trie.values.reduce(into: [.options]) { $0.formUnion($1.methods) })
    }

    /// Answers at once what the route answers at once, and what reaches no route.
    package func respondImmediately(to request: Request) throws -> Response? {
        switch try self.destination(of: request) {
        case .route(let index, let parameters):
            try self.routes[index].respondImmediately?(request, parameters)
        case .options(let allow):
            Response(status: .noContent, headers: ["allow": allow])
        }
    }

    /// Has the route answer.
    package func respond(to request: Request) async throws -> Response {
        switch try self.destination(of: request) {
        case .route(let index, let parameters):
            try await self.routes[index].respond(request, parameters)
        case .options(let allow):
            Response(status: .noContent, headers: ["allow": allow])
        }
    }

    /// Where a request leads.
    private enum Destination {
        /// To a route, by its index.
        case route(Int, PathParameters)
        /// To an answer that lists methods.
        case options(allow: String)
    }

    private func destination(of request: Request) throws(HTTPError) -> Destination {
        let path = try CanonicalPath(ofTarget: request.targetBytes)
        var ranges = ParameterRanges()
        let match = path.bytes.withSpan { self.trie.firstMatch($0.extracting(0..<path.count), &ranges) }
        guard let match else {
            if request.method == .options, path.isAsterisk { return .options(allow: self.allow) }
            throw .noSuchRoute
        }
        if let index = self.trie.values[match].route(for: request.method) {
            request.matchedRoute?.pattern = self.routes[index].pattern.description
            return .route(index, PathParameters(names: self.names[index], path: path.bytes, ranges: ranges))
        }
        let allow = self.trie.values[match].allow
        if request.method == .options { return .options(allow: allow) }
        throw .methodNotAllowed(allow: allow)
    }
}

extension Route {
    /// What the pattern says; its error names the route's place.
    fileprivate func steps() throws(PathPatternError) -> [PathStep] {
        do throws(PathPatternError) {
            return try self.pattern.checked().steps
        } catch {
            var error = error
            error.source = self.source
            throw error
        }
    }
}
