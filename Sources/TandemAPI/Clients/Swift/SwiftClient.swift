// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// Writes a client as one Swift file.
struct SwiftClient {
    /// The file.
    let text: String

    init(_ description: ClientDescription) {
        let description = TypeNaming.named(description, where: SwiftTypes.needsName)
        var unique = UniqueNames(taken: SwiftRuntime.names)
        let types = SwiftTypes(
            names: unique.types(description.types),
            shapes: Dictionary(description.types.map { ($0.name, $0.shape) }) { $1 },
            patches: description.patches
        )
        var members = UniqueNames(taken: ["connection"])
        var groups = ""
        var parts: [String] = []
        for group in description.groups {
            let type = unique.take(Identifier(group.name).type + "API")
            let member = SwiftText.quoted(members.take(SwiftText.member(group.name)))
            groups += SwiftText.documentation(group.summary, indent: "    ")
            groups += "    public var \(member): \(type) { \(type)(connection: self.connection) }\n"
            var operations = SwiftOperations(types: types, members: UniqueNames(taken: ["connection"]))
            let methods = group.operations.map { "\n" + operations.method($0) }.joined()
            let comment = SwiftText.documentation(group.summary, indent: "")
            parts.append("\(comment)public struct \(type): Sendable {\n    let connection: Connection\n\(methods)}\n")
        }
        var operations = SwiftOperations(types: types, members: members)
        let own = description.operations.map { "\n" + operations.method($0) }.joined()
        let client = SwiftRuntime.client(description, groups + own)
        let declarations = description.types.map(types.declaration)
        self.text = ([Self.header(description)] + declarations + [client] + parts + SwiftRuntime.parts)
            .joined(separator: "\n")
    }

    private static func header(_ description: ClientDescription) -> String {
        let name = "\(description.title) \(description.version)".split(whereSeparator: \.isNewline)
        return SwiftText.documentation(name.joined(separator: " "), indent: "").replacing("///", with: "//") + """
            //
            // Written by Tandem from the OpenAPI document; do not edit it, write it anew.

            import Foundation
            #if canImport(FoundationNetworking)
            import FoundationNetworking
            #endif

            """
    }
}
