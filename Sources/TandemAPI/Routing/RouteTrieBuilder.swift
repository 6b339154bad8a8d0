// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Puts a ``RouteTrie`` together.
package struct RouteTrieBuilder<Value: Sendable> {
    /// A node that can still change; its children are indices of other drafts.
    private struct Draft {
        var label: [UInt8]
        var children: [Int] = []
        var parameters: [Int] = []
        var value: Value?
        var rest: Value?
    }

    /// The first is the root.
    private var drafts = [Draft(label: [])]

    package init() {}

    /// Changes what a pattern leads to, which is `nil` at first; patterns that match the same paths in the same way
    /// share it.
    package mutating func update<Failure: Error>(
        _ steps: [PathStep],
        _ change: (inout Value?) throws(Failure) -> Void
    ) throws(Failure) {
        var index = 0
        for step in steps {
            switch step {
            case .literal(let bytes): index = self.node(along: bytes[...], from: index)
            case .parameter(let suffix): index = self.parameter(before: suffix, from: index)
            case .rest: return try change(&self.drafts[index].rest)
            }
        }
        try change(&self.drafts[index].value)
    }

    /// The node that text leads to, made where it is missing.
    private mutating func node(along bytes: ArraySlice<UInt8>, from index: Int) -> Int {
        guard let first = bytes.first else { return index }
        guard let child = self.drafts[index].children.first(where: { self.drafts[$0].label.first == first }) else {
            self.drafts.append(Draft(label: Array(bytes)))
            self.drafts[index].children.append(self.drafts.count - 1)
            return self.drafts.count - 1
        }
        let common = zip(self.drafts[child].label, bytes).prefix { $0 == $1 }.count
        if common < self.drafts[child].label.count { self.split(child, at: common) }
        return self.node(along: bytes.dropFirst(common), from: child)
    }

    /// Puts a node halfway to another, which keeps its index for those who know it; what it led to moves down.
    private mutating func split(_ index: Int, at length: Int) {
        var lower = self.drafts[index]
        let upper = Draft(label: Array(lower.label[..<length]), children: [self.drafts.count])
        lower.label.removeFirst(length)
        self.drafts.append(lower)
        self.drafts[index] = upper
    }

    /// The node that a parameter leads to, made where it is missing.
    private mutating func parameter(before suffix: [UInt8], from index: Int) -> Int {
        let known = self.drafts[index].parameters.first { self.drafts[$0].label == suffix }
        if let known { return known }
        self.drafts.append(Draft(label: suffix))
        self.drafts[index].parameters.append(self.drafts.count - 1)
        return self.drafts.count - 1
    }

    /// The trie of what was added: the nodes in a row, the children of each side by side.
    package func build() -> RouteTrie<Value> {
        var nodes: [RouteTrieNode] = []
        var labels: [UInt8] = []
        var values: [Value] = []
        func place(_ value: Value?) -> Int? {
            guard let value else { return nil }
            values.append(value)
            return values.count - 1
        }
        // The draft of each node to come, in the nodes' order.
        var row = [0]
        while nodes.count < row.count {
            let draft = self.drafts[row[nodes.count]]
            let label = labels.count..<(labels.count + draft.label.count)
            labels += draft.label
            let children = draft.children.sorted { self.label($0, precedes: $1) }
            let firstChild = row.count
            row += children
            let firstParameter = row.count
            row += draft.parameters.sorted { self.drafts[$0].label.count > self.drafts[$1].label.count }
            nodes.append(
                RouteTrieNode(
                    label: label,
                    children: RouteTrieChildren(
                        first: firstChild,
                        bytes: children.compactMap { self.drafts[$0].label.first }
                    ),
                    parameters: firstParameter..<row.count,
                    value: place(draft.value),
                    rest: place(draft.rest)
                )
            )
        }
        return RouteTrie(nodes: RouteTrieNodes(nodes, labels: labels), values: values)
    }

    private func label(_ left: Int, precedes right: Int) -> Bool {
        self.drafts[left].label.lexicographicallyPrecedes(self.drafts[right].label)
    }
}
