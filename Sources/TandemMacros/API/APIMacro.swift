// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import SwiftSyntax
import SwiftSyntaxBuilder
package import SwiftSyntaxMacros

/// `@API("/path")`: gathers the endpoints of a struct.
package struct APIMacro: ExtensionMacro {
    /// Adds the extension that makes the type an `API`.
    package static func expansion(
        of node: AttributeSyntax,
        attachedTo declaration: some DeclGroupSyntax,
        providingExtensionsOf type: some TypeSyntaxProtocol,
        conformingTo protocols: [TypeSyntax],
        in context: some MacroExpansionContext
    ) throws -> [ExtensionDeclSyntax] {
        do throws(Mistake) {
            guard let declaration = declaration.as(StructDeclSyntax.self) else {
                throw Mistake("@API is for structs, whose functions are called by many requests at once", at: node)
            }
            let path = try node.list.first { $0.label == nil }.map { (argument) throws(Mistake) in
                try EndpointRoute.text(argument)
            }
            let names = try Self.endpoints(of: declaration)
            // To call what is deprecated without a warning, one has to be so oneself.
            let isDeprecated = declaration.memberBlock.members.contains {
                $0.decl.as(FunctionDeclSyntax.self)?.attributes.deprecation != nil
            }
            let access = declaration.modifiers.access
            let code = """
                extension \(type.trimmed): API {
                    \(access)static var path: PathPattern { \((path ?? "").literal) }

                    \(access)static var summary: String? { \(declaration.documentation?.literal ?? "nil") }

                    \(isDeprecated ? "@available(*, deprecated)" : "")
                    \(access)func endpoints() -> [Endpoint] {
                        [\(names.map { "self.endpoint_\($0)()" }.joined(separator: ", "))]
                    }
                }
                """
            return [DeclSyntax(stringLiteral: code).as(ExtensionDeclSyntax.self)].compactMap { $0 }
        } catch {
            context.diagnose(error)
            return []
        }
    }

    /// The names of the functions that are endpoints.
    private static func endpoints(of declaration: StructDeclSyntax) throws(Mistake) -> [String] {
        var names: [String] = []
        for member in declaration.memberBlock.members {
            guard let function = member.decl.as(FunctionDeclSyntax.self) else { continue }
            let attributes = function.attributes.compactMap { $0.as(AttributeSyntax.self)?.name }
            guard attributes.contains(where: EndpointRoute.attributes.contains) else { continue }
            let name = function.name.text.withoutBackticks
            if names.contains(name) {
                throw Mistake(
                    "two endpoints are named '\(name)'; clients call them by name: rename one",
                    at: function.name
                )
            }
            names.append(name)
        }
        return names
    }
}
