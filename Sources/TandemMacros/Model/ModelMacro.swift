// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import SwiftSyntax
import SwiftSyntaxBuilder
package import SwiftSyntaxMacros

/// `@Model("table")`: makes a struct a `Schema` and a `Model`, whose values are the rows of a table.
package struct ModelMacro: ExtensionMacro {
    /// Adds the extensions.
    package static func expansion(
        of node: AttributeSyntax,
        attachedTo declaration: some DeclGroupSyntax,
        providingExtensionsOf type: some TypeSyntaxProtocol,
        conformingTo protocols: [TypeSyntax],
        in context: some MacroExpansionContext
    ) throws -> [ExtensionDeclSyntax] {
        do throws(Mistake) {
            guard let declaration = declaration.as(StructDeclSyntax.self) else {
                throw Mistake("@Model is for structs, whose values are rows", at: node)
            }
            let target = SchemaTarget(declaration, type: type.trimmedDescription, context: context)
            if target.isGeneric {
                throw Mistake("a table is of one type: a model cannot be generic, nor stand in what is", at: node)
            }
            if let schema = Markers(declaration.attributes).first("Schema") {
                throw Mistake("@Model does what @Schema does; remove @Schema", at: schema)
            }
            let model = try ModelDeclaration(declaration, node, type: target.type)
            let schema = try StructCode(
                model.columns.filter { !$0.isHidden }.map(\.property),
                hidden: model.columns.filter(\.isHidden).map(\.property),
                of: declaration,
                target
            )
            let draft = try DraftCode(model, target, of: declaration)
            let code = ModelCode(model, access: target.access)
            let table = target.extensionText(
                conformingTo: "Model",
                code.members + [ColumnsCode(model, access: target.access).text, draft.text]
            )
            let isSaid = !target.access.isEmpty
            return try ExtensionDeclSyntax.all(
                [schema.extensionText, table] + (isSaid ? target.sendableText(protocols) : []),
                node
            )
        } catch {
            context.diagnose(error)
            return []
        }
    }
}
