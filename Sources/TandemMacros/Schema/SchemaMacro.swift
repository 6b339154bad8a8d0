// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import SwiftSyntax
import SwiftSyntaxBuilder
package import SwiftSyntaxMacros

/// `@Schema`: has a struct or an enum read itself from JSON, write itself to it and describe itself.
package struct SchemaMacro: ExtensionMacro {
    /// Adds the extension that makes the type a `Schema`.
    package static func expansion(
        of node: AttributeSyntax,
        attachedTo declaration: some DeclGroupSyntax,
        providingExtensionsOf type: some TypeSyntaxProtocol,
        conformingTo protocols: [TypeSyntax],
        in context: some MacroExpansionContext
    ) throws -> [ExtensionDeclSyntax] {
        do throws(Mistake) {
            let settings = try SchemaSettings(node)
            let target = SchemaTarget(declaration, type: type.trimmedDescription, context: context)
            let code: String
            if let declaration = declaration.as(StructDeclSyntax.self) {
                code = try StructCode(declaration, target, settings).extensionText
            } else if let declaration = declaration.as(EnumDeclSyntax.self) {
                code = try EnumCode(declaration, target, settings).extensionText
            } else {
                throw Mistake("@Schema is for structs and enums, which are values", at: node)
            }
            // A generic type is only as sendable as its parameters, which has to be said.
            let isSaid = target.isGeneric || !target.access.isEmpty
            return try ExtensionDeclSyntax.all([code] + (isSaid ? target.sendableText(protocols) : []), node)
        } catch {
            context.diagnose(error)
            return []
        }
    }
}

extension ExtensionDeclSyntax {
    /// The extensions that a macro has written.
    static func all(_ texts: [String], _ node: AttributeSyntax) throws(Mistake) -> [ExtensionDeclSyntax] {
        var extensions: [ExtensionDeclSyntax] = []
        for text in texts {
            guard let declaration = DeclSyntax(stringLiteral: text).as(ExtensionDeclSyntax.self) else {
                throw Mistake("the declaration cannot be read; this is a fault of @\(node.name)", at: node)
            }
            extensions.append(declaration)
        }
        return extensions
    }
}

/// What `@Schema(…)` says.
struct SchemaSettings {
    var unknownKeys = "ignore"
    var discriminator = "type"

    init(_ node: AttributeSyntax) throws(Mistake) {
        for argument in node.list {
            switch argument.label?.text {
            case "unknownKeys":
                guard let member = argument.expression.as(MemberAccessExprSyntax.self) else {
                    throw Mistake("write .ignore, .keep or .refuse", at: argument.expression)
                }
                self.unknownKeys = member.declName.baseName.text
            case "discriminator":
                guard let key = argument.expression.stringValue else {
                    throw Mistake("the discriminator is a string without interpolation", at: argument.expression)
                }
                self.discriminator = key
            default: continue
            }
        }
    }
}

/// The type that is extended.
struct SchemaTarget {
    /// Its name, from where the extension stands.
    var type: String
    /// `public `, `package ` or nothing.
    let access: String
    /// ` where Item: Schema`, or nothing.
    let requirements: String
    private let parameters: [String]
    let isGeneric: Bool
    var documentation: String?
    /// What descriptions call it; by itself what Swift does.
    var definition: String?

    init(_ declaration: some DeclGroupSyntax, type: String, context: some MacroExpansionContext) {
        self.type = type
        self.access = declaration.modifiers.access
        let parameters = declaration.genericParameters
        self.parameters = parameters
        self.requirements =
            parameters.isEmpty ? "" : " where " + parameters.map { "\($0): Schema" }.joined(separator: ", ")
        self.isGeneric = !parameters.isEmpty || context.lexicalContext.contains { $0.isGenericType }
        self.documentation = declaration.documentation
    }

    /// Says that values can go to other tasks where those of the parameters can, if nobody has said so.
    func sendableText(_ missing: [TypeSyntax]) -> [String] {
        guard missing.contains(where: { $0.trimmedDescription == "Sendable" }) else { return [] }
        let requirements = self.parameters.map { "\($0): Sendable" }.joined(separator: ", ")
        return ["extension \(self.type): Sendable" + (requirements.isEmpty ? "" : " where \(requirements)") + " {}"]
    }

    /// Values of a type that stands in this one, and whose conformance is in its own declaration.
    func nested(_ type: String, definition: String) -> SchemaTarget {
        var nested = self
        nested.type = type
        nested.definition = definition
        nested.documentation = nil
        return nested
    }

    func extensionText(conformingTo conformance: String, _ members: [String]) -> String {
        """
        extension \(self.type): \(conformance)\(self.requirements) {
        \(members.filter { !$0.isEmpty }.joined(separator: "\n\n"))
        }
        """
    }
}

extension DeclGroupSyntax {
    fileprivate var genericParameters: [String] {
        let clause =
            self.as(StructDeclSyntax.self)?.genericParameterClause
            ?? self.as(EnumDeclSyntax.self)?.genericParameterClause
        return clause?.parameters.map(\.name.text) ?? []
    }
}

extension Syntax {
    fileprivate var isGenericType: Bool {
        self.as(StructDeclSyntax.self)?.genericParameterClause != nil
            || self.as(EnumDeclSyntax.self)?.genericParameterClause != nil
            || self.as(ClassDeclSyntax.self)?.genericParameterClause != nil
            || self.as(ActorDeclSyntax.self)?.genericParameterClause != nil
    }
}
