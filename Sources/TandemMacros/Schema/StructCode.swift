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
    private let isReadInPlace: Bool

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
        // What stands in the struct has its functions no more than its name, and no memory but what is written here.
        let isNested = target.definition != nil
        self.hasValidate =
            !isNested
            && declaration.memberBlock.members.contains { member in
                guard let function = member.decl.as(FunctionDeclSyntax.self) else { return false }
                return function.name.text == "validate" && function.signature.parameterClause.parameters.isEmpty
            }
        self.isReadInPlace =
            !target.isGeneric && unknownKeys != "keep" && properties.count + hidden.count <= 64
            && (isNested || declaration.showsAllStorage)
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

    var members: [String] { [self.rules, self.reading, self.writing, self.describing] }

    private var rules: String {
        let rules = self.object.ruleDeclarations
        return self.target.isGeneric || rules.isEmpty ? "" : "private enum SchemaRules {\n\(rules)\n}"
    }

    // MARK: - Reading

    private var reading: String {
        // What reading would have to make up.
        if let property = self.hidden.first(where: { $0.fallback == nil && $0.optionalType == nil }) {
            return self.refusing(property)
        }
        return self.isReadInPlace ? self.readingInPlace : self.readingIntoVariables
    }

    private func validation(of value: String) -> String {
        self.hasValidate ? "for violation in \(value) { reader.note(violation) }" : ""
    }

    /// Reads each property into its place in the struct.
    private var readingInPlace: String {
        let unknownKeys = self.object.unknownKeys == "ignore" ? "" : "(unknownKeys: .\(self.object.unknownKeys))"
        let hidden = self.hidden.map { "fields.hide(\\.\($0.name)) { \(Self.value(ofHidden: $0)) }" }
        return """
            private static let schemaFields = JSONFields<Self>\(unknownKeys) { fields in
                \(self.object.fields)
                \(hidden.joined(separator: "\n"))
            }

            \(self.target.access)static func read(json reader: inout JSONReader, into slot: inout JSONSlot<Self>) throws(JSONError) {
                try reader.read(Self.schemaFields, into: &slot)
                \(self.validation(of: "slot.value?.validate() ?? []"))
            }

            \(self.target.access)init?(json reader: inout JSONReader) throws(JSONError) {
                guard let value = try JSONSlot<Self>.read(&reader) else { return nil }
                self = value
            }
            """
    }

    private static func value(ofHidden property: Property) -> String {
        property.fallback.map { "(\($0)) as \(property.type)" } ?? "nil"
    }

    private func refusing(_ property: Property) -> String {
        let name = property.name.withoutBackticks
        let reason = "made by the server, for its '\(name)' is never read from JSON"
        return """
            \(self.target.access)init?(json reader: inout JSONReader) throws(JSONError) {
                try reader.skipValue()
                reader.note(Violation("hidden", expected: \(reason.literal)))
                return nil
            }
            """
    }

    /// Reads the properties into variables, which an initializer takes: it knows of what stands in no place.
    private var readingIntoVariables: String {
        var values = self.object.properties.map(\.variable)
        var parameters = self.object.properties.map { "_ \($0.variable): \($0.type)" }
        var assignments = self.object.properties.map { "self.\($0.name) = \($0.variable)" }
        assignments += self.hidden.map { "self.\($0.name) = \(Self.value(ofHidden: $0))" }
        if self.object.unknownKeys == "keep" {
            values.append("_unknownKeys")
            parameters.append("_ _unknownKeys: JSONObject")
            assignments.append("self.unknownKeys = _unknownKeys")
        }
        let list = parameters.isEmpty ? ": ()" : parameters.joined(separator: ", ").dropFirst()
        let keys = self.object.keyList
        // A generic type has no memory of its own.
        let isGeneric = self.target.isGeneric
        return """
            \(isGeneric ? "" : "private static let schemaKeys: [JSONKey] = \(keys)\n")
            \(self.target.access)init?(json reader: inout JSONReader) throws(JSONError) {
                \(self.object.reading(keys: isGeneric ? keys : "Self.schemaKeys", leaving: "return nil"))
                self.init(schema: \(values.isEmpty ? "()" : values.joined(separator: ", ")))
                \(self.validation(of: "self.validate()"))
            }

            private init(schema\(list)) {
                \(assignments.joined(separator: "\n"))
            }
            """
    }

    // MARK: - Writing and describing

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

extension StructDeclSyntax {
    /// Whether every stored property can be seen, and is memory and nothing else: no wrapper, no observer, and nothing
    /// that another macro or a condition could add.
    fileprivate var showsAllStorage: Bool {
        let attributes = Markers(self.attributes)
        let isModel = attributes.first("Model") != nil
        return attributes.areOurs(inModel: isModel)
            && self.memberBlock.members.allSatisfy { member in
                if member.decl.is(IfConfigDeclSyntax.self) || member.decl.is(MacroExpansionDeclSyntax.self) {
                    return false
                }
                guard let variable = member.decl.as(VariableDeclSyntax.self) else { return true }
                return !variable.isStored || variable.isPlain(inModel: isModel)
            }
    }
}
