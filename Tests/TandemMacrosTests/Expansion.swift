// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftDiagnostics
import SwiftParser
import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacroExpansion
import SwiftSyntaxMacros
import TandemMacros

/// What the compiler would make of a source with our macros.
struct Expansion {
    /// The source with the code that was added.
    let text: String
    /// The diagnostics, each with what it points at: `the message @ the words`.
    let diagnostics: [String]

    private static let markers = [
        "Key", "Length", "Range", "Pattern", "Format", "Items", "Unique", "Rules", "Example",
        "ID", "Column", "Reference", "Index", "Check", "FullText", "Hidden", "Generated", "Version", "Touched",
    ]
    private static let endpoints = ["GET", "POST", "PUT", "PATCH", "DELETE", "Route"]

    init(_ source: String) {
        let file = Parser.parse(source: source)
        let context = BasicMacroExpansionContext(
            sourceFiles: [file: .init(moduleName: "Test", fullFilePath: "Test.swift")]
        )
        let macros: [(String, any Macro.Type)] =
            [("Schema", SchemaMacro.self), ("Model", ModelMacro.self), ("API", APIMacro.self)]
            + Self.markers.map { ($0, MarkerMacro.self) }
            + Self.endpoints.map { ($0, EndpointMacro.self) }
        let specs = macros.map { name, type in
            let conformances: [TypeSyntax] = ["Schema": ["Schema"], "Model": ["Schema", "Model"]][name] ?? []
            return (name, MacroSpec(type: type, conformances: conformances))
        }
        let expanded = file.expand(
            macroSpecs: Dictionary(uniqueKeysWithValues: specs),
            contextGenerator: { _ in context }
        )
        self.text = expanded.description
        self.diagnostics = context.diagnostics.map { "\($0.message) @ \($0.node.trimmedDescription)" }
    }
}
