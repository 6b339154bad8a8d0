// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Describes a struct for generated code: property by property, as it was declared.
public struct ObjectDescription {
    private var properties = JSONObject()
    private var required: [JSON] = []
    private var description: String?
    private let unknownKeys: UnknownKeys

    /// An object without properties yet.
    public init(description: String? = nil, unknownKeys: UnknownKeys = .ignore) {
        self.description = description
        self.unknownKeys = unknownKeys
    }

    /// Adds a property.
    ///
    /// - Parameters:
    ///   - name: Its key.
    ///   - type: Its type, which says how its values look and whether it must be there.
    ///   - definitions: Where its type's description goes.
    ///   - description: Its documentation.
    ///   - fallback: Its default; a property with one need not be there.
    ///   - hasDefault: Whether it has a default that is another each time, such as the time.
    ///   - examples: Values to show.
    ///   - rules: What its values must keep.
    public mutating func property<Value: Schema>(
        _ name: String,
        _ type: Value.Type = Value.self,
        in definitions: inout Definitions,
        description: String? = nil,
        default fallback: Value? = nil,
        hasDefault: Bool = false,
        examples: [Value] = [],
        rules: [any Rule] = []
    ) {
        var schema = type.describe(in: &definitions)
        for rule in rules { rule.describe(in: &schema) }
        if let description { schema["description"] = .string(description) }
        if let fallback, let value = fallback.asJSON { schema["default"] = value }
        let examples = examples.compactMap(\.asJSON)
        if !examples.isEmpty { schema["examples"] = .array(examples) }
        self.add(name, schema, isRequired: fallback == nil && !hasDefault && type.absent == nil)
    }

    mutating func add(_ name: String, _ schema: JSONSchema, isRequired: Bool) {
        self.properties[name] = .object(schema.keywords)
        if isRequired { self.required.append(.string(name)) }
    }

    /// The object's schema.
    public var schema: JSONSchema {
        var schema = JSONSchema(type: "object")
        if let description { schema["description"] = .string(description) }
        schema["properties"] = .object(self.properties)
        if !self.required.isEmpty { schema["required"] = .array(self.required) }
        if self.unknownKeys == .refuse { schema["additionalProperties"] = false }
        return schema
    }
}

/// What becomes of the properties of an object that its type does not have.
public enum UnknownKeys: Sendable, Hashable {
    /// They are skipped. The default.
    case ignore
    /// They are kept in the property `unknownKeys`, a `JSONObject`, and written again.
    case keep
    /// Each is a violation.
    case refuse
}
