// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax

/// The extension that makes a struct a `Schema`.
struct StructCode {
    private let target: SchemaTarget
    private let object: ObjectCode
    private let hasValidate: Bool
    private let isReadInPlace: Bool

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
        self.isReadInPlace =
            !target.isGeneric && settings.unknownKeys != "keep" && properties.count <= 64
            && declaration.showsAllStorage
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
            [self.rules, self.isReadInPlace ? self.readingInPlace : self.reading, self.writing, self.describing]
        )
    }

    private var rules: String {
        let rules = self.object.ruleDeclarations
        return self.target.isGeneric || rules.isEmpty ? "" : "private enum SchemaRules {\n\(rules)\n}"
    }

    private func validation(of value: String) -> String {
        self.hasValidate ? "for violation in \(value) { reader.note(violation) }" : ""
    }

    /// Reads each property into its place in the struct.
    private var readingInPlace: String {
        let unknownKeys = self.object.unknownKeys == "ignore" ? "" : "(unknownKeys: .\(self.object.unknownKeys))"
        return """
            private static let schemaFields = JSONFields<Self>\(unknownKeys) { fields in
                \(self.object.fields)
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

    /// Reads the properties into variables, which an initializer takes: it knows of what stands in no place.
    private var reading: String {
        var values = self.object.properties.map(\.variable)
        var parameters = self.object.properties.map { "_ \($0.variable): \($0.type)" }
        var assignments = self.object.properties.map { "self.\($0.name) = \($0.variable)" }
        if self.object.unknownKeys == "keep" {
            values.append("_unknownKeys")
            parameters.append("_ _unknownKeys: JSONObject")
            assignments.append("self.unknownKeys = _unknownKeys")
        }
        let list = parameters.isEmpty ? ": ()" : parameters.joined(separator: ", ").dropFirst()
        return """
            \(self.target.access)init?(json reader: inout JSONReader) throws(JSONError) {
                \(self.object.reading(leaving: "return nil"))
                self.init(schema: \(values.isEmpty ? "()" : values.joined(separator: ", ")))
                \(self.validation(of: "self.validate()"))
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

extension StructDeclSyntax {
    /// Whether every stored property can be seen, and is memory and nothing else: no wrapper, no observer, and nothing
    /// that another macro or a condition could add.
    fileprivate var showsAllStorage: Bool {
        let attributes = Markers(self.attributes)
        return attributes.areOurs
            && self.memberBlock.members.allSatisfy { member in
                if member.decl.is(IfConfigDeclSyntax.self) || member.decl.is(MacroExpansionDeclSyntax.self) {
                    return false
                }
                guard let variable = member.decl.as(VariableDeclSyntax.self) else { return true }
                return !variable.isStored || variable.isPlain
            }
    }
}
