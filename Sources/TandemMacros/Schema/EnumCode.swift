// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax

/// The extension that makes an enum a `Schema`: of words or numbers, or of objects that a tag tells apart.
struct EnumCode {
    private let target: SchemaTarget
    private let discriminator: String
    private let rawType: String?
    private let cases: [EnumCase]

    init(_ declaration: EnumDeclSyntax, _ target: SchemaTarget, _ settings: SchemaSettings) throws(Mistake) {
        self.target = target
        self.discriminator = settings.discriminator
        self.cases = try EnumCase.all(of: declaration)
        guard !self.cases.isEmpty else {
            throw Mistake("an enum without cases has no values to read", at: declaration.name)
        }
        self.rawType = declaration.inheritanceClause?.inheritedTypes.first
            .map(\.type.trimmedDescription).flatMap { Self.rawTypes.contains($0) ? $0 : nil }
    }

    private static let rawTypes: Set<String> = [
        "String", "Int", "Int8", "Int16", "Int32", "Int64", "UInt", "UInt8", "UInt16", "UInt32", "UInt64",
    ]

    var extensionText: String {
        if self.cases.contains(where: { !$0.properties.isEmpty }) { return self.unionText }
        let all = self.cases.map { ".\($0.name)" }.joined(separator: ", ")
        return self.target.extensionText(
            conformingTo: "Schema, SchemaEnum",
            [
                "\(self.target.access)static var allCases: [Self] { [\(all)] }",
                self.target.documentation.map {
                    "\(self.target.access)static var schemaDescription: String? { \($0.literal) }"
                } ?? "",
                self.rawType == nil ? self.rawValues : "",
            ]
        )
    }

    /// An enum without a raw type is one of words: the names of its cases.
    private var rawValues: String {
        """
        \(self.target.access)init?(rawValue: String) {
            switch rawValue {
            \(self.cases.map { "case \($0.tag.literal): self = .\($0.name)" }.joined(separator: "\n"))
            default: return nil
            }
        }

        \(self.target.access)var rawValue: String {
            switch self {
            \(self.cases.map { "case .\($0.name): \($0.tag.literal)" }.joined(separator: "\n"))
            }
        }
        """
    }

    // MARK: - Cases with values

    private var unionText: String {
        self.target.extensionText(conformingTo: "Schema", [self.keys, self.reading, self.writing, self.describing])
    }

    /// Those of each case; a generic type has no memory of its own for them.
    private var keys: String {
        if self.target.isGeneric { return "" }
        let lists = self.cases.map { self.object($0).keyList }.joined(separator: ", ")
        return "private static let schemaKeys: [[JSONKey]] = [\(lists)]"
    }

    private func object(_ each: EnumCase) -> ObjectCode {
        ObjectCode(properties: each.properties, tag: (self.discriminator, each.tag))
    }

    private var reading: String {
        let tags = self.cases.map(\.tag.literal).joined(separator: ", ")
        let cases = self.cases.enumerated().map { index, each in
            let object = self.object(each)
            let keys = self.target.isGeneric ? object.keyList : "Self.schemaKeys[\(index)]"
            return """
                case \(each.tag.literal):
                    \(object.reading(keys: keys, leaving: "return nil"))
                    self = .\(each.name)\(each.arguments)
                """
        }
        return """
            \(self.target.access)init?(json reader: inout JSONReader) throws(JSONError) {
                guard let tag = try reader.readTag(\(self.discriminator.literal), of: [\(tags)]) else { return nil }
                switch tag {
                \(cases.joined(separator: "\n"))
                default: return nil
                }
            }
            """
    }

    private var writing: String {
        let cases = self.cases.map { each in
            "case .\(each.name)\(each.pattern):\n\(self.object(each).writing(\.variable))"
        }
        return """
            \(self.target.access)func write(json writer: inout JSONWriter) {
                switch self {
                \(cases.joined(separator: "\n"))
                }
            }
            """
    }

    private var describing: String {
        let cases = self.cases.map { each in
            "do {\n\(self.object(each).describing(each.documentation))\nchoice.add(\(each.tag.literal), object.schema)\n}"
        }
        let documentation = self.target.documentation?.literal ?? "nil"
        return """
            \(self.target.access)static func describe(in definitions: inout Definitions) -> JSONSchema {
                definitions.reference(to: Self.self) { definitions in
                    var choice = ChoiceDescription(\(self.discriminator.literal), description: \(documentation))
                    \(cases.joined(separator: "\n"))
                    return choice.schema
                }
            }
            """
    }
}

/// A case of an enum, with its values as properties.
struct EnumCase {
    let name: String
    let tag: String
    let properties: [Property]
    let documentation: String?
    /// The labels of the values in the declaration; `nil` for the one that has none.
    private let labels: [String?]

    static func all(of declaration: EnumDeclSyntax) throws(Mistake) -> [EnumCase] {
        var cases: [EnumCase] = []
        for member in declaration.memberBlock.members {
            guard let line = member.decl.as(EnumCaseDeclSyntax.self) else { continue }
            for element in line.elements { cases.append(try EnumCase(element, of: line)) }
        }
        return cases
    }

    private init(_ element: EnumCaseElementSyntax, of line: EnumCaseDeclSyntax) throws(Mistake) {
        self.name = element.name.text
        self.tag = try Markers(line.attributes).key ?? element.name.text.withoutBackticks
        self.documentation = line.documentation
        let parameters = element.parameterClause.map { Array($0.parameters) } ?? []
        var properties: [Property] = []
        for parameter in parameters {
            let label = parameter.firstName.flatMap { $0.text == "_" ? nil : $0.text }
            if label == nil, parameters.count > 1 {
                throw Mistake("give each value of a case with several a label: it is its key in JSON", at: parameter)
            }
            let fallback = parameter.defaultValue?.value
            properties.append(Property(name: label ?? "value", type: parameter.type, fallback: fallback))
        }
        self.properties = properties
        self.labels = parameters.map { $0.firstName.flatMap { $0.text == "_" ? nil : $0.text } }
    }

    /// The values, as the case is made of them.
    var arguments: String {
        if self.properties.isEmpty { return "" }
        let arguments = zip(self.labels, self.properties).map { label, property in
            label.map { "\($0): \(property.variable)" } ?? property.variable
        }
        return "(\(arguments.joined(separator: ", ")))"
    }

    /// The values, as a pattern takes them out.
    var pattern: String {
        self.properties.isEmpty ? "" : "(\(self.properties.map { "let \($0.variable)" }.joined(separator: ", ")))"
    }
}
