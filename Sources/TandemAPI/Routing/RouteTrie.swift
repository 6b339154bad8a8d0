// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What patterns lead to, found by the path that they match.
///
/// Built once by a ``RouteTrieBuilder``.
package struct RouteTrie<Value: Sendable>: Sendable {
    private let nodes: RouteTrieNodes
    /// What the patterns lead to.
    package let values: [Value]

    init(nodes: RouteTrieNodes, values: [Value]) {
        self.nodes = nodes
        self.values = values
    }

    /// Finds the first pattern, in the order that ``PathPattern`` tells, that matches a path.
    ///
    /// - Parameters:
    ///   - path: A path in canonical form.
    ///   - ranges: Gets the places of the parameters' values; empty until then.
    /// - Returns: The index in `values` of what it leads to, or `nil`.
    package func firstMatch(_ path: Span<UInt8>, _ ranges: inout ParameterRanges) -> Int? {
        self.nodes.firstMatch(path, &ranges)
    }
}
