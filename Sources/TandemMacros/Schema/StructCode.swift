// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax

/// What makes a struct a `Schema`.
struct StructCode {
    private let target: SchemaTarget
    private let object: ObjectCode
    /// The properties that are in no JSON.
    private let hidden: [Property]
    private let hasValidate: Bool

    init(_ declaration: StructDeclSyntax, _ target: SchemaTarget, _ settings: SchemaSettings) throws(Mistake) {
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
        try self.init(properties, of: declaration, target, unknownKeys: settings.unknownKeys)
    }

    init(
        _ properties: [Property],
        hidden: [Property] = [],
        of declaration: StructDeclSyntax,
        _ target: SchemaTarget,
        unknownKeys: String = "ignore"
    ) throws(Mistake) {
        try Self.checkKeys(properties, declaration)
        self.target = target
        self.hidden = hidden
        self.object = ObjectCode(
            properties: properties,
            unknownKeys: unknownKeys,
            rulePrefix: target.isGeneric ? nil : "SchemaRules."
        )
        // What stands in the struct has its functions no more than its name.
        self.hasValidate =
            target.definition == nil
            && declaration.memberBlock.members.contains { member in
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

    var extensionText: String { self.target.extensionText(conformingTo: "Schema", self.members) }

    var members: [String] {
        [self.keys, self.rules, self.reading, self.initializer, self.wholeInitializer, self.writing, self.describing]
    }

    private var keysType: String { "InlineArray<\(self.object.keyCount), StaticString>" }

    private var keys: String {
        self.target.isGeneric ? "" : "private static let schemaKeys: \(self.keysType) = \(self.object.keyList)"
    }

    private var rules: String {
        let rules = self.object.ruleDeclarations
        return self.target.isGeneric || rules.isEmpty ? "" : "private enum SchemaRules {\n\(rules)\n}"
    }

    /// The properties that reading would have to make up.
    private var unreadable: Property? { self.hidden.first { $0.fallback == nil && $0.optionalType == nil } }

    private var reading: String {
        if let property = self.unreadable { return self.refusing(property) }
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

    private func refusing(_ property: Property) -> String {
        let name = property.name.withoutBackticks
        let reason = "made by the server, for its '\(name)' is never read from JSON"
        return """
            \(self.target.access)static func read(json reader: inout JSONReader, into value: inout Self?) throws(JSONError) {
                try reader.skipValue()
                reader.note(Violation("hidden", expected: \(reason.literal)))
                value = nil
            }
            """
    }

    /// What the properties are while they are read: those that have keys, and the object of unknown ones.
    private var values: [String] {
        self.object.properties.map(\.variable) + (self.object.unknownKeys == "keep" ? ["_unknownKeys"] : [])
    }

    private var initializer: String {
        """
        \(self.target.access)init?(json reader: inout JSONReader) throws(JSONError) {
            var value: Self?
            try Self.read(json: &reader, into: &value)
            guard let value else { return nil }
            self = value
        }
        """
    }

    /// Takes every property that is read; the hidden ones are what they are by default.
    private var wholeInitializer: String {
        guard self.unreadable == nil else { return "" }
        var parameters = self.object.properties.map { "_ \($0.variable): \($0.type)" }
        var assignments = self.object.properties.map { "self.\($0.name) = \($0.variable)" }
        assignments += self.hidden.map { property in
            "self.\(property.name) = " + (property.fallback.map { "(\($0)) as \(property.type)" } ?? "nil")
        }
        if self.object.unknownKeys == "keep" {
            parameters.append("_ _unknownKeys: JSONObject")
            assignments.append("self.unknownKeys = _unknownKeys")
        }
        let list = parameters.isEmpty ? ": ()" : parameters.joined(separator: ", ").dropFirst()
        return """
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
            definitions.reference(to: Self.self\(self.target.definition.map { ", named: \($0.literal)" } ?? "")) { definitions in
                \(self.object.describing(self.target.documentation))
                return object.schema
            }
        }
        """
    }
}
