// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax

/// The extension that makes a struct a `Schema`.
struct StructCode {
    private let target: SchemaTarget
    private let object: ObjectCode
    private let hasValidate: Bool

    init(_ declaration: StructDeclSyntax, _ target: SchemaTarget, _ settings: SchemaSettings) throws(Mistake) {
        self.target = target
        var properties = try Property.all(of: declaration)
        if settings.unknownKeys == "keep" {
            guard let index = properties.firstIndex(where: { $0.name == "unknownKeys" }) else {
                throw Mistake(
                    "to keep unknown keys, add 'var unknownKeys: JSONObject', which takes them",
                    at: declaration.name
                )
            }
            properties.remove(at: index)
        }
        try Self.checkKeys(properties, declaration)
        self.object = ObjectCode(
            properties: properties,
            unknownKeys: settings.unknownKeys,
            rulePrefix: target.isGeneric ? nil : "SchemaRules."
        )
        self.hasValidate = declaration.memberBlock.members.contains { member in
            guard let function = member.decl.as(FunctionDeclSyntax.self) else { return false }
            return function.name.text == "validate" && function.signature.parameterClause.parameters.isEmpty
        }
    }

    private static func checkKeys(_ properties: [Property], _ declaration: StructDeclSyntax) throws(Mistake) {
        var seen: Set<String> = []
        for property in properties where !seen.insert(property.key).inserted {
            throw Mistake(
                "two properties have the key \"\(property.key)\"; give one another by @Key",
                at: declaration.name
            )
        }
    }

    var extensionText: String {
        self.target.extensionText(
            conformingTo: "Schema",
            [self.keys, self.rules, self.reading, self.initializers, self.writing, self.describing]
        )
    }

    private var keysType: String { "InlineArray<\(self.object.keyCount), StaticString>" }

    private var keys: String {
        self.target.isGeneric ? "" : "private static let schemaKeys: \(self.keysType) = \(self.object.keyList)"
    }

    private var rules: String {
        let rules = self.object.ruleDeclarations
        return self.target.isGeneric || rules.isEmpty ? "" : "private enum SchemaRules {\n\(rules)\n}"
    }

    private var reading: String {
        // Outside of the loop, as they are copied to be lent.
        let keys =
            self.target.isGeneric
            ? "let schemaKeys: \(self.keysType) = \(self.object.keyList)" : "let schemaKeys = Self.schemaKeys"
        let validation = self.hasValidate ? "for violation in whole.validate() { reader.note(violation) }" : ""
        return """
            \(self.target.access)static func read(json reader: inout JSONReader, into value: inout Self?) throws(JSONError) {
                \(keys)
                \(self.object.reading(keys: "schemaKeys.span", leaving: "value = nil; return"))
                let whole = Self(schema: \(self.values.isEmpty ? "()" : self.values.joined(separator: ", ")))
                \(validation)
                value = whole
            }
            """
    }

    /// What the properties are while they are read: those that have keys, and the object of unknown ones.
    private var values: [String] {
        self.object.properties.map(\.variable) + (self.object.unknownKeys == "keep" ? ["_unknownKeys"] : [])
    }

    /// The initializer of the protocol, and one that takes every property.
    private var initializers: String {
        var parameters = self.object.properties.map { "_ \($0.variable): \($0.type)" }
        var assignments = self.object.properties.map { "self.\($0.name) = \($0.variable)" }
        if self.object.unknownKeys == "keep" {
            parameters.append("_ _unknownKeys: JSONObject")
            assignments.append("self.unknownKeys = _unknownKeys")
        }
        let list = parameters.isEmpty ? ": ()" : parameters.joined(separator: ", ").dropFirst()
        return """
            \(self.target.access)init?(json reader: inout JSONReader) throws(JSONError) {
                var value: Self?
                try Self.read(json: &reader, into: &value)
                guard let value else { return nil }
                self = value
            }

            private init(schema\(list)) {
                \(assignments.joined(separator: "\n"))
            }
            """
    }

    private var writing: String {
        """
        \(self.target.access)func write(json writer: inout JSONWriter) {
            \(self.object.writing { "self.\($0.name)" })
        }
        """
    }

    private var describing: String {
        """
        \(self.target.access)static func describe(in definitions: inout Definitions) -> JSONSchema {
            definitions.reference(to: Self.self) { definitions in
                \(self.object.describing(self.target.documentation))
                return object.schema
            }
        }
        """
    }
}
