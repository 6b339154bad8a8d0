// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A value within a description, with the pointer that errors name.
package struct DescriptionNode {
    package let json: JSON
    package let pointer: String
    private let depth: Int

    /// The whole of a document.
    package init(_ json: JSON) {
        self.init(json, at: "", depth: 0)
    }

    private init(_ json: JSON, at pointer: String, depth: Int) {
        self.json = json
        self.pointer = pointer
        self.depth = depth
    }

    /// The error that says what is wrong here.
    package func error(_ reason: String) -> DescriptionError {
        DescriptionError(reason, at: self.pointer)
    }

    private func below(_ name: String, _ json: JSON) throws(DescriptionError) -> DescriptionNode {
        let node = DescriptionNode(json, at: self.pointer + Violation.pointer(to: name), depth: self.depth + 1)
        // What is deeper than any document that is written by hand would have what reads it run out of stack.
        guard node.depth < 256 else { throw node.error("is nested more than 256 deep") }
        return node
    }

    // MARK: - Objects

    /// The value of a property, where there is one.
    package func optional(_ name: String) throws(DescriptionError) -> DescriptionNode? {
        guard let value = self.json.object?[name] else { return nil }
        return try self.below(name, value)
    }

    /// The value of a property.
    package func required(_ name: String) throws(DescriptionError) -> DescriptionNode {
        guard case .object = self.json else { throw self.error("is no object") }
        guard let value = try self.optional(name) else { throw self.error("lacks `\(name)`") }
        return value
    }

    /// The properties; none where there is nothing of that name.
    package func properties(_ name: String) throws(DescriptionError) -> [(name: String, node: DescriptionNode)] {
        guard let node = try self.optional(name) else { return [] }
        return try node.properties()
    }

    /// The properties, in order.
    package func properties() throws(DescriptionError) -> [(name: String, node: DescriptionNode)] {
        guard let object = self.json.object else { throw self.error("is no object") }
        var properties: [(name: String, node: DescriptionNode)] = []
        for (name, value) in object { properties.append((name, try self.below(name, value))) }
        return properties
    }

    // MARK: - Arrays

    /// The elements; none where there is nothing of that name.
    package func elements(_ name: String) throws(DescriptionError) -> [DescriptionNode] {
        guard let node = try self.optional(name) else { return [] }
        guard case .array(let values) = node.json else { throw node.error("is no array") }
        var elements: [DescriptionNode] = []
        for (index, value) in values.enumerated() { elements.append(try node.below(String(index), value)) }
        return elements
    }

    // MARK: - Words

    /// A text, where there is one.
    package func text(_ name: String) throws(DescriptionError) -> String? {
        guard let node = try self.optional(name) else { return nil }
        guard case .string(let text) = node.json else { throw node.error("is no string") }
        return text
    }

    /// Whether a property is `true`.
    package func flag(_ name: String) throws(DescriptionError) -> Bool {
        guard let node = try self.optional(name) else { return false }
        guard case .bool(let flag) = node.json else { throw node.error("is neither true nor false") }
        return flag
    }
}
