// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// Gives the objects that a type chooses from names of their own: a discriminator says nothing of a schema without one
/// (OpenAPI 3.1, section 4.8.25).
struct NamedChoices {
    /// The schemas of a document, those of the choices among them.
    private(set) var schemas: JSONObject
    private var unique: UniqueNames
    private let prefix: String

    /// The schemas of a document's components.
    init(_ definitions: Definitions) {
        self.schemas = definitions.schemas
        self.unique = UniqueNames(taken: Set(definitions.schemas.map(\.name)))
        self.prefix = definitions.prefix
        for (name, schema) in definitions.schemas {
            if let object = schema.object { self.nameChoices(of: name, object) }
        }
    }

    private mutating func nameChoices(of name: String, _ schema: JSONObject) {
        guard var discriminator = schema["discriminator"]?.object, case .array(let choices)? = schema["oneOf"],
            let tag = discriminator["propertyName"]?.string
        else { return }
        let tags = choices.compactMap { $0.object?["properties"]?.object?[tag]?.object?["const"]?.string }
        guard tags.count == choices.count else { return }
        var references: [JSON] = []
        var mapping = JSONObject()
        for (tag, choice) in zip(tags, choices) {
            let own = self.freeName(name, tag)
            self.schemas[own] = choice
            references.append(["$ref": .string(self.prefix + own)])
            mapping[tag] = .string(self.prefix + own)
        }
        discriminator["mapping"] = .object(mapping)
        var schema = schema
        schema["oneOf"] = .array(references)
        schema["discriminator"] = .object(discriminator)
        self.schemas[name] = .object(schema)
    }

    /// A name that no schema has: `LetterKindPaper` for the `paper` of a `LetterKind`.
    private mutating func freeName(_ name: String, _ tag: String) -> String {
        // What may stand in a name (section 4.8.7).
        let words = tag.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        return self.unique.take(words.reduce(into: name) { $0 += $1.prefix(1).uppercased() + $1.dropFirst() })
    }
}
