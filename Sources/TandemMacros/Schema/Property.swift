// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax
import SwiftSyntaxBuilder

/// A property of an object, as it was declared: a stored property, or a value that goes with a case.
struct Property {
    /// As it stands in the code, with its backticks.
    let name: String
    /// Its key in JSON.
    let key: String
    var type: TypeSyntax
    var fallback: ExprSyntax?
    let documentation: String?
    var rules: [String]
    let examples: [String]
    /// The declaration of a stored property; a value of a case has none.
    let declaration: VariableDeclSyntax?

    /// The name of the variable that holds it while it is read.
    var variable: String { "_" + self.name.withoutBackticks }

    /// What stands around the type that a rule is for.
    enum Wrapping {
        case none
        case optional(TypeSyntax)
        case patch(TypeSyntax)

        init(_ type: TypeSyntax) {
            if let optional = type.as(OptionalTypeSyntax.self) {
                self = .optional(optional.wrappedType)
            } else if let generic = type.as(IdentifierTypeSyntax.self),
                let argument = generic.genericArgumentClause?.arguments.first?.argument.as(TypeSyntax.self)
            {
                switch generic.name.text {
                case "Optional": self = .optional(argument)
                case "Patch": self = .patch(argument)
                default: self = .none
                }
            } else {
                self = .none
            }
        }
    }

    /// The type of an optional's value; `nil` where the property is none.
    var optionalType: TypeSyntax? {
        if case .optional(let type) = Wrapping(self.type) { type } else { nil }
    }

    /// The pattern that has the value to be checked out of `variable`.
    var checkedPattern: String {
        if case .patch = Wrapping(self.type) { ".value(let value)?" } else { "let value?" }
    }

    /// The checks of a `value` of the property's type.
    func checkingInPlace(_ checks: String) -> String {
        switch Wrapping(self.type) {
        case .none: checks
        case .optional: "if let value { \(checks) }"
        case .patch: "if case .value(let value) = value { \(checks) }"
        }
    }
}

extension Property {
    /// The stored properties of a struct.
    ///
    /// - Parameters:
    ///   - declaration: The struct.
    ///   - areColumns: Whether they are the columns of a model, where `@Unique` is a rule for arrays alone.
    /// - Returns: The properties, in order.
    /// - Throws: What is wrong with a declaration.
    static func all(of declaration: StructDeclSyntax, areColumns: Bool = false) throws(Mistake) -> [Property] {
        var properties: [Property] = []
        for member in declaration.memberBlock.members {
            guard let variable = member.decl.as(VariableDeclSyntax.self), variable.isStored else { continue }
            for binding in variable.bindings {
                properties.append(try Property(binding, of: variable, isColumn: areColumns))
            }
        }
        return properties
    }

    private init(
        _ binding: PatternBindingSyntax,
        of variable: VariableDeclSyntax,
        isColumn: Bool
    ) throws(Mistake) {
        guard let pattern = binding.pattern.as(IdentifierPatternSyntax.self) else {
            throw Mistake("a property that is read from JSON has one name", at: binding.pattern)
        }
        guard let type = binding.typeAnnotation?.type ?? Self.type(of: binding.initializer?.value) else {
            throw Mistake("write the type of '\(pattern.identifier.text)'; a macro cannot see it", at: pattern)
        }
        if variable.bindingSpecifier.tokenKind == .keyword(.let), let value = binding.initializer {
            throw Mistake("a 'let' with a value cannot be read; write 'var' for a default", at: value)
        }
        let name = pattern.identifier.text
        let attributes = Markers(variable.attributes)
        self.name = name
        self.key = try attributes.key ?? name.withoutBackticks
        self.type = type.trimmed
        self.fallback = binding.initializer?.value.trimmed
        self.documentation = variable.documentation
        self.examples = attributes.examples
        self.declaration = variable
        let ruled = Self.ruledType(type)
        self.rules = try attributes.rules(for: ruled, isUniqueRule: !isColumn || ruled.isArray)
    }

    init(name: String, type: TypeSyntax, fallback: ExprSyntax?) {
        self.name = name
        self.key = name.withoutBackticks
        self.type = type.trimmed
        self.fallback = fallback?.trimmed
        self.documentation = nil
        self.rules = []
        self.examples = []
        self.declaration = nil
    }

    /// The type that rules are for.
    private static func ruledType(_ type: TypeSyntax) -> TypeSyntax {
        switch Wrapping(type) {
        case .none: type.trimmed
        case .optional(let type), .patch(let type): type.trimmed
        }
    }

    /// The type of a literal.
    private static func type(of value: ExprSyntax?) -> TypeSyntax? {
        switch value?.kind {
        case .stringLiteralExpr: "String"
        case .integerLiteralExpr: "Int"
        case .floatLiteralExpr: "Double"
        case .booleanLiteralExpr: "Bool"
        default: nil
        }
    }
}

extension VariableDeclSyntax {
    /// Whether it is memory and nothing else.
    func isPlain(inModel isModel: Bool) -> Bool {
        Markers(self.attributes).areOurs(inModel: isModel) && self.bindings.allSatisfy { $0.accessorBlock == nil }
            && !self.modifiers.contains { $0.name.tokenKind == .keyword(.lazy) }
    }

    /// Whether it is a property of the values, with memory of its own.
    var isStored: Bool {
        let isStatic = self.modifiers.contains { [.keyword(.static), .keyword(.class)].contains($0.name.tokenKind) }
        return !isStatic
            && self.bindings.allSatisfy { binding in
                guard let block = binding.accessorBlock else { return true }
                guard case .accessors(let accessors) = block.accessors else { return false }
                return accessors.allSatisfy {
                    [.keyword(.willSet), .keyword(.didSet)].contains($0.accessorSpecifier.tokenKind)
                }
            }
    }
}
