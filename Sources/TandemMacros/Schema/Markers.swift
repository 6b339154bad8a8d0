// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftParser
import SwiftSyntax

/// The attributes of a declaration that say something to the macro of its type.
struct Markers {
    private let attributes: [AttributeSyntax]
    /// Whether some stand behind a condition.
    private let areConditional: Bool

    init(_ attributes: AttributeListSyntax) {
        self.attributes = attributes.compactMap { $0.as(AttributeSyntax.self) }
        self.areConditional = self.attributes.count != attributes.count
    }

    private static let ours: Set<String> = [
        "Schema", "Key", "Length", "Pattern", "Format", "Range", "Items", "Unique", "Rules", "Example", "available",
    ]
    private static let models: Set<String> = [
        "Model", "ID", "Column", "Reference", "Index", "Check", "FullText", "Hidden", "Generated", "Version", "Touched",
    ]

    /// Whether there are none that another could have made, and that could do anything.
    func areOurs(inModel isModel: Bool) -> Bool {
        !self.areConditional
            && self.attributes.allSatisfy { Self.ours.contains($0.name) || isModel && Self.models.contains($0.name) }
    }

    /// The name that `@Key` gives.
    var key: String? {
        get throws(Mistake) {
            guard let attribute = self.first("Key") else { return nil }
            guard let key = attribute.list.first?.expression.stringValue else {
                throw Mistake("@Key takes a string without interpolation, such as @Key(\"created_at\")", at: attribute)
            }
            return key
        }
    }

    /// The values that `@Example` gives, as code.
    var examples: [String] {
        self.all("Example").flatMap { $0.list.map(\.expression.trimmedDescription) }
    }

    /// The attributes of a name.
    func all(_ name: String) -> [AttributeSyntax] { self.attributes.filter { $0.name == name } }

    /// The attribute of a name.
    func first(_ name: String) -> AttributeSyntax? { self.attributes.first { $0.name == name } }

    /// The rules for values of a type, as code.
    ///
    /// - Parameters:
    ///   - type: The type.
    ///   - isUniqueRule: Whether `@Unique` is one; on a column it can be the table's.
    /// - Returns: An expression for each.
    /// - Throws: What is wrong with an attribute.
    func rules(for type: TypeSyntax, isUniqueRule: Bool = true) throws(Mistake) -> [String] {
        var rules: [String] = []
        for attribute in self.attributes {
            let arguments = attribute.list.trimmedDescription
            switch attribute.name {
            case "Length": rules.append("LengthRule(\(arguments))")
            case "Pattern":
                try Self.checkPattern(attribute)
                rules.append("PatternRule(\(arguments))")
            case "Format": rules.append("FormatRule(\(arguments))")
            case "Range":
                try Self.refuse(type, ["String", "Bool"], attribute, "use @Length for the length of a string")
                rules.append("RangeRule<\(type)>(\(arguments))")
            case "Items":
                try Self.refuse(type, ["String"], attribute, "use @Length for the length of a string")
                rules.append("ItemsRule<\(type)>(\(arguments))")
            case "Unique" where isUniqueRule: rules.append("UniqueRule<\(type)>()")
            case "Rules": rules += attribute.list.map(\.expression.trimmedDescription)
            default: continue
            }
            if ["Length", "Pattern", "Format"].contains(attribute.name) {
                try Self.refuse(type, Self.numbers, attribute, "it is for strings; use @Range for numbers")
            }
        }
        return rules
    }

    private static func checkPattern(_ attribute: AttributeSyntax) throws(Mistake) {
        guard let argument = attribute.list.first, let expression = argument.expression.stringValue else {
            throw Mistake(
                "@Pattern takes a string without interpolation, so that it can be checked here",
                at: attribute
            )
        }
        do throws(PatternError) {
            _ = try Pattern(expression)
        } catch {
            throw Mistake("the expression cannot be read: \(error)", at: argument)
        }
    }

    private static let numbers: Set<String> = [
        "Int", "Int8", "Int16", "Int32", "Int64", "UInt", "UInt8", "UInt16", "UInt32", "UInt64", "Double", "Float",
        "Decimal", "Bool",
    ]

    private static func refuse(
        _ type: TypeSyntax,
        _ types: Set<String>,
        _ attribute: AttributeSyntax,
        _ advice: String
    ) throws(Mistake) {
        guard types.contains(type.trimmedDescription) else { return }
        throw Mistake("@\(attribute.name) is not for \(type.trimmedDescription): \(advice)", at: attribute)
    }
}

extension AttributeSyntax {
    var name: String { self.attributeName.trimmedDescription }

    /// What stands between the parentheses.
    var list: LabeledExprListSyntax {
        self.arguments?.as(LabeledExprListSyntax.self) ?? []
    }
}

extension ExprSyntax {
    /// The text of a string literal without interpolation.
    var stringValue: String? {
        self.as(StringLiteralExprSyntax.self)?.representedLiteralValue
    }
}
