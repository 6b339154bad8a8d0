// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// Writes a client as one TypeScript module.
struct TypeScriptClient {
    /// The module.
    let text: String

    init(_ description: ClientDescription) {
        var unique = TypeScriptNames.unique(taken: TypeScriptRuntime.names)
        let types = TypeScriptTypes(names: unique.types(description.types), received: description.received)
        var parts = [Self.header(description)]
        parts += description.types.map(types.declaration)
        parts.append(TypeScriptRuntime.options(description))
        var members = UniqueNames(taken: ["constructor", "then"])
        var groups: [(property: String, type: String, group: ClientGroup)] = []
        for group in description.groups {
            let type = unique.take(Identifier(group.name).type + "API")
            groups.append((members.take(Identifier(group.name).camel), type, group))
        }
        var operations = TypeScriptOperations(prefix: "", types: types, unique: unique, members: members)
        let own = description.operations.map { operations.method($0) }
        unique = operations.unique
        parts.append(Self.client(description, groups.map { ($0.property, $0.type, $0.group.summary) }, own))
        var declarations = operations.declarations
        for (_, type, group) in groups {
            var operations = TypeScriptOperations(
                prefix: Identifier(group.name).type,
                types: types,
                unique: unique,
                members: UniqueNames(taken: ["constructor", "then"])
            )
            let methods = group.operations.map { operations.method($0) }
            unique = operations.unique
            declarations += operations.declarations
            parts.append(Self.group(type, group.summary, methods))
        }
        parts += declarations
        parts.append(TypeScriptRuntime.errors(description.codes))
        parts.append(TypeScriptRuntime.calls)
        self.text = parts.joined(separator: "\n")
    }

    private static func header(_ description: ClientDescription) -> String {
        let name = "\(description.title) \(description.version)"
        return TypeScriptText.comment(
            """
            \(name.split(whereSeparator: \.isNewline).joined(separator: " "))

            Written by Tandem from the OpenAPI document; do not edit it, write it anew.
            Numbers are JavaScript's: of integers beyond 2^53 the last digits are lost.
            """
        )
    }

    private static func client(
        _ description: ClientDescription,
        _ groups: [(property: String, type: String, summary: String?)],
        _ methods: [String]
    ) -> String {
        var text = TypeScriptText.comment(description.summary ?? "Calls \(description.title).")
        text += "export class Client {\n"
        for group in groups {
            text += TypeScriptText.comment(group.summary, indent: "  ")
            text += "  readonly \(group.property): \(group.type);\n"
        }
        if !methods.isEmpty { text += "  readonly #connection: Connection;\n" }
        text += "\n  constructor(options: ClientOptions = {}) {\n    const connection = new Connection(options);\n"
        if !methods.isEmpty { text += "    this.#connection = connection;\n" }
        for group in groups { text += "    this.\(group.property) = new \(group.type)(connection);\n" }
        return text + "  }\n" + methods.map { "\n" + $0 }.joined() + "}\n"
    }

    private static func group(_ type: String, _ summary: String?, _ methods: [String]) -> String {
        """
        \(TypeScriptText.comment(summary))export class \(type) {
          readonly #connection: Connection;

          /** @internal */
          constructor(connection: Connection) {
            this.#connection = connection;
          }
        \(methods.map { "\n" + $0 }.joined())}

        """
    }
}
