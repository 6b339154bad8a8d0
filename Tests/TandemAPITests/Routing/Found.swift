// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

@testable import TandemAPI

/// What a path leads to among some patterns.
struct Found: Equatable, CustomStringConvertible {
    var pattern: String
    var values: [String]

    init(_ pattern: String, _ values: [String] = []) {
        self.pattern = pattern
        self.values = values
    }

    var description: String { "\(self.pattern) \(self.values)" }
}

/// Patterns without anything behind them.
struct PatternTable {
    private let trie: RouteTrie<PathPattern>

    init(_ patterns: [PathPattern]) throws {
        var builder = RouteTrieBuilder<PathPattern>()
        for pattern in patterns { try builder.update(pattern.checked().steps) { $0 = pattern } }
        self.trie = builder.build()
    }

    func find(_ target: String) throws -> Found? {
        let path = try CanonicalPath(ofTarget: Bytes(target))
        var ranges = ParameterRanges()
        let match = path.bytes.withSpan { self.trie.firstMatch($0.extracting(0..<path.count), &ranges) }
        guard let match else { return nil }
        let pattern = self.trie.values[match]
        let parameters = PathParameters(names: pattern.parameterNames, path: path.bytes, ranges: ranges)
        return Found(pattern.description, pattern.parameterNames.compactMap { parameters[$0] })
    }
}

extension Router {
    /// A router whose routes answer with what led to them: `GET /users/{id} [me]`.
    init(answering routes: [(TandemHTTP.Method, PathPattern)], line: Int = #line) throws {
        try self.init(
            routes.map { method, pattern in
                let names = pattern.parameterNames
                return Route(method, pattern, source: SourcePlace(line: line)) { _, parameters in
                    Response("\(method) \(Found(pattern.description, names.compactMap { parameters[$0] }))")
                }
            }
        )
    }

    /// The answer as a client sees it: errors too.
    func answer(_ request: Request) async -> Response {
        do {
            if let response = try self.respondImmediately(to: request) { return response }
            return try await self.respond(to: request)
        } catch let error as HTTPError {
            return error.response
        } catch {
            return HTTPError(.internalServerError, cause: error).response
        }
    }
}

extension Response {
    /// The body, where it is there as a whole.
    var text: String {
        if case .bytes(let bytes) = self.body { bytes.string ?? "" } else { "" }
    }
}
