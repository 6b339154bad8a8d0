// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A radix trie over the bytes of canonical paths.
///
/// A lookup allocates nothing, and visits each node at most once, so that no path costs more than the table is large
/// and the path is long.
struct RouteTrieNodes: Sendable {
    private let nodes: [RouteTrieNode]
    /// The labels of all nodes, one behind the other.
    private let labels: [UInt8]

    /// Nodes in a row, the root first.
    init(_ nodes: [RouteTrieNode], labels: [UInt8]) {
        self.nodes = nodes
        self.labels = labels
    }

    func firstMatch(_ path: Span<UInt8>, _ ranges: inout ParameterRanges) -> Int? {
        // Longer than any target, and than what ParameterRanges can hold.
        guard path.count <= Int(UInt32.max) else { return nil }
        return self.search(path, from: 0, at: 0, &ranges)
    }

    /// Searches below a node whose label ends at an offset of the path.
    private func search(
        _ path: Span<UInt8>,
        from start: Int,
        at position: Int,
        _ ranges: inout ParameterRanges
    ) -> Int? {
        var index = start
        var offset = position
        // As long as there is one way only, it goes on here; where there are more, a call tries the first of them.
        while true {
            let hasWildcards = self.nodes[index].hasWildcards
            if offset == path.count {
                if let value = self.nodes[index].value { return value }
            } else if let child = self.nodes[index].children.index(of: path[offset]),
                let end = self.end(ofLabelOf: child, in: path, at: offset)
            {
                if !hasWildcards {
                    index = child
                    offset = end
                    continue
                }
                if let value = self.search(path, from: child, at: end, &ranges) { return value }
            }
            return hasWildcards ? self.searchWildcards(of: index, path, at: offset, &ranges) : nil
        }
    }

    private func searchWildcards(
        of index: Int,
        _ path: Span<UInt8>,
        at offset: Int,
        _ ranges: inout ParameterRanges
    ) -> Int? {
        let parameters = self.nodes[index].parameters
        if !parameters.isEmpty {
            var end = offset
            while end < path.count, path[end] != UInt8(ascii: "/") { end += 1 }
            for parameter in parameters {
                let suffix = self.nodes[parameter].label.count
                guard end - offset > suffix, self.end(ofLabelOf: parameter, in: path, at: end - suffix) != nil
                else { continue }
                ranges.append(offset..<(end - suffix))
                if let value = self.search(path, from: parameter, at: end, &ranges) { return value }
                ranges.removeLast()
            }
        }
        guard let rest = self.nodes[index].rest else { return nil }
        ranges.append(offset..<path.count)
        return rest
    }

    /// Where a node's label ends that stands at an offset of the path; `nil` where it does not stand there.
    @inline(__always)
    private func end(ofLabelOf index: Int, in path: Span<UInt8>, at offset: Int) -> Int? {
        let range = self.nodes[index].label
        guard range.count <= path.count - offset else { return nil }
        // Cut to the same length first, so that the loop needs no checks.
        let end = offset + range.count
        let label = self.labels.span.extracting(range)
        let found = path.extracting(offset..<end)
        for position in 0..<label.count where label[position] != found[position] { return nil }
        return end
    }
}
