// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// What the texts of a field become in JSON, from the JSON Schema of the type that reads them.
indirect enum FieldShape: Sendable {
    case text
    case number
    case boolean
    /// Nothing is said of the values: texts stay texts.
    case any
    case array(of: FieldShape)
    /// The properties by their names, and what those are whose names are not known beforehand.
    case object([String: FieldShape], others: FieldShape?)
    /// One of several objects, which the text of a property tells apart.
    case choice(tag: String, [String: FieldShape])
    /// A value or `null`, for which an empty text stands.
    case nullable(FieldShape)
    /// A type that the schema has by name.
    case named(String)
}

extension FieldShape {
    /// The shape of values of a schema that refers to types by names behind `prefix`.
    init(_ schema: JSONObject, prefix: String) {
        if let reference = schema["$ref"]?.string, reference.hasPrefix(prefix) {
            self = .named(String(reference.dropFirst(prefix.count)))
        } else if case .array(let choices)? = schema["anyOf"] {
            self = Self.either(choices, prefix)
        } else if case .array(let choices)? = schema["oneOf"],
            let tag = schema["discriminator"]?.object?["propertyName"]?.string
        {
            self = Self.choice(choices, tag, prefix)
        } else if case .array(let types)? = schema["type"] {
            let rest = types.filter { $0 != "null" }
            let shape = rest.count == 1 ? Self(type: rest[0].string, schema, prefix) : .any
            self = rest.count == types.count ? shape : .nullable(shape)
        } else {
            self = Self(type: schema["type"]?.string, schema, prefix)
        }
    }

    private init(type: String?, _ schema: JSONObject, _ prefix: String) {
        switch type {
        case "string": self = .text
        case "integer", "number": self = .number
        case "boolean": self = .boolean
        case "array": self = .array(of: schema["items"]?.object.map { Self($0, prefix: prefix) } ?? .any)
        case "object": self = Self.object(schema, prefix)
        default: self = .any
        }
    }

    private static func object(_ schema: JSONObject, _ prefix: String) -> FieldShape {
        let others = schema["additionalProperties"]?.object.map { Self($0, prefix: prefix) }
        guard let properties = schema["properties"]?.object else { return .object([:], others: others ?? .any) }
        let shapes = properties.map { ($0.name, Self($0.value.object ?? JSONObject(), prefix: prefix)) }
        return .object(Dictionary(shapes) { $1 }, others: others)
    }

    /// A value or `null`; what else schemas can say here has no form.
    private static func either(_ choices: [JSON], _ prefix: String) -> FieldShape {
        let rest = choices.filter { $0 != ["type": "null"] }
        guard rest.count == 1, let schema = rest[0].object else { return .any }
        return .nullable(Self(schema, prefix: prefix))
    }

    private static func choice(_ choices: [JSON], _ tag: String, _ prefix: String) -> FieldShape {
        let shapes = choices.compactMap { choice -> (String, FieldShape)? in
            guard let schema = choice.object,
                let value = schema["properties"]?.object?[tag]?.object?["const"]?.string
            else { return nil }
            return (value, Self(schema, prefix: prefix))
        }
        return .choice(tag: tag, Dictionary(shapes) { $1 })
    }
}
