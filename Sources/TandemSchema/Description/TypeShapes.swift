// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Reads the shapes of types from schemas that refer to each other by name.
package struct TypeShapes {
    /// The schemas that have names.
    private let definitions: [(name: String, node: DescriptionNode)]
    private let names: [String: DescriptionNode]
    private let prefix: String

    /// The shapes of schemas.
    ///
    /// - Parameters:
    ///   - definitions: The schemas that have names.
    ///   - prefix: What references to them begin with.
    package init(_ definitions: [(name: String, node: DescriptionNode)], prefix: String) {
        self.definitions = definitions
        self.names = Dictionary(definitions.map { ($0.name, $0.node) }) { $1 }
        self.prefix = prefix
    }

    /// The types that have names, in the order of the document.
    package func declarations() throws(DescriptionError) -> [TypeDeclaration] {
        var declarations: [TypeDeclaration] = []
        for (name, node) in self.definitions {
            declarations.append(
                TypeDeclaration(
                    name: name,
                    description: try node.text("description"),
                    isDeprecated: try node.flag("deprecated"),
                    shape: try self.shape(of: node)
                )
            )
        }
        return declarations
    }

    /// The shape of the type of a name.
    package func declared(_ name: String) throws(DescriptionError) -> TypeShape? {
        guard let node = self.names[name] else { return nil }
        return try self.shape(of: node)
    }

    /// The shape of a schema's values.
    package func shape(of node: DescriptionNode) throws(DescriptionError) -> TypeShape {
        if case .bool = node.json { return .any }
        guard case .object = node.json else { throw node.error("is no schema: a schema is an object") }
        if let name = try self.reference(node) { return .named(name) }
        if let value = try node.optional("const") { return .constants([value.json]) }
        if node.keyword("enum") != nil { return Self.constants(try node.elements("enum").map(\.json)) }
        if node.keyword("allOf") != nil { return try self.merged(node) }
        for keyword in ["oneOf", "anyOf"] where node.keyword(keyword) != nil {
            return try self.union(try node.elements(keyword), of: node)
        }
        guard case .array(let types)? = node.keyword("type") else { return try self.single(node, node.keyword("type")) }
        var shapes: [TypeShape] = []
        for type in types { shapes.append(try self.single(node, type)) }
        return Self.oneOf(shapes, tag: nil)
    }

    /// The name that a schema refers to.
    private func reference(_ node: DescriptionNode) throws(DescriptionError) -> String? {
        guard let target = try node.text("$ref") else { return nil }
        guard target.hasPrefix(self.prefix) else {
            throw node.error("refers to \(target); what it refers to must begin with \(self.prefix)")
        }
        let name = String(target.dropFirst(self.prefix.count)).replacing("~1", with: "/").replacing("~0", with: "~")
        guard self.names[name] != nil else { throw node.error("refers to \(target), which the document lacks") }
        return name
    }

    // MARK: - One of several

    private static func constants(_ values: [JSON]) -> TypeShape {
        let others = values.filter { $0 != .null }
        if others.isEmpty { return .null }
        return others.count == values.count ? .constants(values) : .nullable(.constants(others))
    }

    private func union(_ parts: [DescriptionNode], of node: DescriptionNode) throws(DescriptionError) -> TypeShape {
        var shapes: [TypeShape] = []
        for part in parts { shapes.append(try self.shape(of: part)) }
        return Self.oneOf(shapes, tag: try node.optional("discriminator")?.text("propertyName"))
    }

    private static func oneOf(_ shapes: [TypeShape], tag: String?) -> TypeShape {
        let others = shapes.filter { $0 != .null }
        guard let first = others.first else { return shapes.isEmpty ? .any : .null }
        if others.contains(.any) { return .any }
        let shape: TypeShape = others.count == 1 ? first : .union(others, tag: tag)
        if others.count == shapes.count { return shape }
        if case .nullable = shape { return shape }
        return .nullable(shape)
    }

    // MARK: - Objects

    /// What `allOf` says: the one type that it refers to, or an object with the properties of all parts.
    private func merged(_ node: DescriptionNode) throws(DescriptionError) -> TypeShape {
        let parts = try node.elements("allOf")
        if parts.count == 1, node.keyword("properties") == nil { return try self.shape(of: parts[0]) }
        var object = ObjectShape(description: try node.text("description"))
        var visited: Set<String> = []
        try self.collect(node, into: &object, &visited)
        return .object(object)
    }

    private func collect(
        _ node: DescriptionNode,
        into object: inout ObjectShape,
        _ visited: inout Set<String>
    ) throws(DescriptionError) {
        if let name = try self.reference(node) {
            guard visited.insert(name).inserted, let target = self.names[name] else { return }
            return try self.collect(target, into: &object, &visited)
        }
        for part in try node.elements("allOf") { try self.collect(part, into: &object, &visited) }
        for property in try self.properties(node) {
            object.properties.removeAll { $0.name == property.name }
            object.properties.append(property)
        }
    }

    private func properties(_ node: DescriptionNode) throws(DescriptionError) -> [PropertyShape] {
        let required = Set(try node.elements("required").map(\.json))
        var properties: [PropertyShape] = []
        for (name, schema) in try node.properties("properties") {
            properties.append(
                PropertyShape(
                    name: name,
                    shape: try self.shape(of: schema),
                    description: try schema.text("description"),
                    isRequired: required.contains(.string(name)),
                    isDeprecated: try schema.flag("deprecated"),
                    fallback: try schema.optional("default")?.json
                )
            )
        }
        return properties
    }

    private func object(_ node: DescriptionNode) throws(DescriptionError) -> TypeShape {
        if node.keyword("properties") != nil {
            return .object(
                ObjectShape(description: try node.text("description"), properties: try self.properties(node))
            )
        }
        guard let rest = try node.optional("additionalProperties") else { return .dictionary(.any) }
        return rest.json == false ? .object(ObjectShape()) : .dictionary(try self.shape(of: rest))
    }

    // MARK: - Values

    private func single(_ node: DescriptionNode, _ type: JSON?) throws(DescriptionError) -> TypeShape {
        switch type {
        case "null": return .null
        case "boolean": return .boolean
        case "integer": return .integer(try self.integer(node))
        case "number": return try node.text("format") == nil ? .decimal : .double
        case "string": return .text(try self.text(node))
        case "array":
            guard let items = try node.optional("items") else { return .array(.any) }
            return .array(try self.shape(of: items))
        case "object": return try self.object(node)
        case nil: return node.keyword("properties") == nil ? .any : try self.object(node)
        default: throw node.error("has a `type` that JSON Schema does not know")
        }
    }

    private func integer(_ node: DescriptionNode) throws(DescriptionError) -> IntegerShape {
        let format = try node.text("format")
        if format == "int32" { return .narrow }
        let low = Self.bound(node.keyword("minimum")), high = Self.bound(node.keyword("maximum"))
        guard let low, let high else { return format == "int64" || (low == nil && high == nil) ? .int64 : .wide }
        if low >= -(1 << 53), high <= 1 << 53 { return .narrow }
        if low >= Int128(Int64.min), high <= Int128(Int64.max) { return .int64 }
        return low >= 0 && high <= Int128(UInt64.max) ? .uint64 : .wide
    }

    private static func bound(_ value: JSON?) -> Int128? {
        guard case .number(let digits)? = value else { return nil }
        return Int128(digits)
    }

    private func text(_ node: DescriptionNode) throws(DescriptionError) -> TextShape {
        if node.keyword("contentEncoding") == "base64" { return .base64 }
        switch try node.text("format") {
        case "date-time": return .dateTime
        case "uuid": return .uuid
        case "uri": return .uri
        case "byte": return .base64
        case "binary": return .binary
        default: return .plain
        }
    }
}

extension DescriptionNode {
    /// The value of a keyword as it stands.
    fileprivate func keyword(_ name: String) -> JSON? { self.json.object?[name] }
}
