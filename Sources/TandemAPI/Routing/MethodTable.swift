// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// The routes of one pattern, by their methods.
struct MethodTable: Sendable {
    private var routes: [(method: Method, index: Int)] = []
    /// The methods for the field `Allow`, sorted.
    private(set) var allow = ""

    /// The methods that are answered: HEAD where GET is, and OPTIONS always.
    private(set) var methods: Set<Method> = [.options]

    /// Adds a route for a method that has none.
    mutating func add(_ method: Method, _ index: Int) {
        self.routes.append((method, index))
        self.methods.insert(method)
        if method == .get { self.methods.insert(.head) }
        self.allow = Self.list(self.methods)
    }

    /// The route for exactly this method.
    func own(_ method: Method) -> Int? {
        for index in self.routes.indices where self.routes[index].method == method { return self.routes[index].index }
        return nil
    }

    /// The route that answers a method: for HEAD that of GET, unless HEAD has its own.
    func route(for method: Method) -> Int? {
        self.own(method) ?? (method == .head ? self.own(.get) : nil)
    }

    /// Methods as the field `Allow` lists them (RFC 9110, section 10.2.1).
    static func list(_ methods: Set<Method>) -> String {
        methods.map(\.rawValue).sorted().joined(separator: ", ")
    }
}
