// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// Writes a client as one Python module.
struct PythonClient {
    /// The module.
    let text: String

    init(_ description: ClientDescription) {
        let description = TypeNaming.named(description) { if case .object = $0 { true } else { false } }
        var unique = UniqueNames(taken: PythonRuntime.names)
        let types = PythonTypes(names: unique.types(description.types), received: description.received)
        var parts = [Self.header(description), PythonRuntime.imports]
        parts += description.types.map(types.declaration)
        parts += [PythonRuntime.messages(description.codes), PythonRuntime.values]
        var members = UniqueNames(taken: ["close"])
        var groups: [(member: String, type: String, summary: String?)] = []
        for group in description.groups {
            var operations = PythonOperations(types: types, members: UniqueNames())
            let type = unique.take(Identifier(group.name).type + "API")
            groups.append((members.take(PythonText.member(group.name)), type, group.summary))
            let methods = group.operations.map { operations.method($0) }
            parts.append(
                "class \(type):\n" + PythonText.documentation(group.summary, indent: "    ")
                    + (group.summary == nil ? "" : "\n")
                    + "    def __init__(self, connection: _Connection) -> None:\n"
                    + "        self._connection = connection\n" + methods.map { "\n" + $0 }.joined()
            )
        }
        var operations = PythonOperations(types: types, members: members)
        let own = description.operations.map { operations.method($0) }
        parts.append(PythonRuntime.client(description, groups) + own.map { "\n" + $0 }.joined())
        parts += [PythonRuntime.connection, PythonRuntime.parts, PythonRuntime.conversion]
        self.text = parts.joined(separator: "\n\n")
    }

    private static func header(_ description: ClientDescription) -> String {
        let name = "\(description.title) \(description.version)".split(whereSeparator: \.isNewline)
        return PythonText.documentation(
            """
            \(name.joined(separator: " "))

            Written by Tandem from the OpenAPI document; do not edit it, write it anew.
            It needs Python 3.9 or later, and nothing else.
            """,
            indent: ""
        )
    }
}
