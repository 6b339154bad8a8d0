// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Describes an enum whose cases have values: one of several objects, which a tag tells apart.
public struct ChoiceDescription {
    private let discriminator: String
    private let description: String?
    private var choices: [JSON] = []

    /// A choice without choices yet.
    public init(_ discriminator: String, description: String?) {
        self.discriminator = discriminator
        self.description = description
    }

    /// Adds the object that a tag stands for.
    public mutating func add(_ tag: String, _ schema: JSONSchema) {
        self.choices.append(.object(schema.keywords))
    }

    /// The schema, with the `discriminator` that OpenAPI has for it.
    public var schema: JSONSchema {
        var schema = JSONSchema()
        if let description { schema["description"] = .string(description) }
        schema["oneOf"] = .array(self.choices)
        schema["discriminator"] = ["propertyName": .string(self.discriminator)]
        return schema
    }
}

extension ObjectDescription {
    /// Adds the property that tells which case of an enum the object is.
    public mutating func tag(_ name: String, _ value: String) {
        self.add(name, JSONSchema(["type": "string", "const": .string(value)]), isRequired: true)
    }
}
