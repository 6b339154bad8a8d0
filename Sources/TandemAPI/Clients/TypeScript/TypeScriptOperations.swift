// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// Writes the methods of one class.
struct TypeScriptOperations {
    /// What the names of the types of parameters begin with.
    let prefix: String
    let types: TypeScriptTypes
    /// The names of types that are taken.
    var unique: UniqueNames
    /// The names of members that are taken.
    var members: UniqueNames
    /// The types that the methods take.
    private(set) var declarations: [String] = []

    init(prefix: String, types: TypeScriptTypes, unique: UniqueNames, members: UniqueNames) {
        self.prefix = prefix
        self.types = types
        self.unique = unique
        self.members = members
    }

    /// A method that makes a call.
    mutating func method(_ operation: ClientOperation) -> String {
        let parameters = self.named(operation.parameters)
        let (type, method) = Self.result(operation.result, self.types)
        let name = self.members.take(Identifier(operation.name).camel)
        let arguments = self.arguments(operation, parameters)
        let returned = operation.result.isStream ? type : "Promise<\(type)>"
        let call = Self.call(operation, parameters).map { "      \($0),\n" }.joined()
        return """
            \(Self.comment(operation))  \(returned.hasPrefix("Promise") ? "async " : "")\(name)(\(arguments.joined(separator: ", "))): \(returned) {
                return this.#connection.\(method)({
            \(call)    }, options);
              }

            """
    }

    // MARK: - What a method takes

    private typealias Named = (name: String, parameter: ClientParameter)

    private func named(_ parameters: [ClientParameter]) -> [Named] {
        var names = UniqueNames()
        return parameters.map { (names.take(Identifier($0.name).camel), $0) }
    }

    private mutating func arguments(_ operation: ClientOperation, _ parameters: [Named]) -> [String] {
        var first: [String] = [], last: [String] = []
        if !parameters.isEmpty {
            let object = ObjectShape(
                properties: parameters.map { named in
                    var property = named.parameter.property
                    property.name = named.name
                    return property
                }
            )
            let type = self.type(of: object, named: "\(Identifier(operation.name).type)Parameters")
            if object.properties.contains(where: \.isRequired) {
                first.append("parameters: \(type)")
            } else {
                last.append("parameters: \(type) = {}")
            }
        }
        if let body = operation.body {
            let type =
                switch body.form {
                case .json(let shape): self.types.expression(shape)
                case .multipart(let object): self.type(of: object, named: "\(Identifier(operation.name).type)Form")
                case .text: "string"
                case .bytes: "BodyInit"
                }
            first.append("body\(body.isRequired ? "" : "?"): \(type)")
        }
        return first + last + ["options?: CallOptions"]
    }

    /// A type as it stands, or under a name where there is much to say of it.
    private mutating func type(of object: ObjectShape, named name: String) -> String {
        let text = self.types.members(object, indent: "  ")
        if !text.contains("\n"), text.count < 60 { return text }
        let name = self.unique.take(self.prefix + name)
        self.declarations.append("export interface \(name) \(self.types.members(object))\n")
        return name
    }

    // MARK: - What it does

    private static func comment(_ operation: ClientOperation) -> String {
        let problems = operation.ownProblems.map { "@throws {APIError} `\($0.code)`: \($0.detail)" }
        let lines = [operation.summary, problems.isEmpty ? nil : problems.joined(separator: "\n")]
        return TypeScriptText.comment(
            lines.compactMap(\.self).joined(separator: "\n\n"),
            isDeprecated: operation.isDeprecated,
            indent: "  "
        )
    }

    private static func result(_ result: ClientResult, _ types: TypeScriptTypes) -> (type: String, method: String) {
        switch result {
        case .nothing: ("void", "nothing")
        case .json(let shape): (types.expression(shape, isReceived: true), "json")
        case .text: ("string", "text")
        case .bytes: ("Blob", "bytes")
        case .events(nil): ("Stream<ServerSentEvent<string>>", "texts")
        case .events(let shape?):
            ("Stream<ServerSentEvent<\(types.expression(shape, isReceived: true))>>", "events")
        case .lines(let shape): ("Stream<\(types.expression(shape, isReceived: true))>", "lines")
        }
    }

    private static func call(_ operation: ClientOperation, _ parameters: [Named]) -> [String] {
        let path = operation.path.map { part in
            switch part {
            case .text(let text): return text.escapedForTemplate
            case .parameter(let name):
                let named = parameters.first { $0.parameter.place == .path && $0.parameter.name == name }
                return "${segment(parameters.\(named?.name ?? ""))}"
            }
        }.joined()
        var lines = ["method: \"\(operation.method)\"", "path: `\(path)`"]
        for (key, place) in [("query", ClientParameter.Place.query), ("headers", .header), ("cookies", .cookie)] {
            let values = parameters.filter { $0.parameter.place == place }.map { named in
                "\(TypeScriptText.key(named.parameter.name)): parameters.\(named.name)"
            }
            if !values.isEmpty { lines.append("\(key): { \(values.joined(separator: ", ")) }") }
        }
        switch operation.body?.form {
        case .json?: lines.append("json: body")
        case .multipart?: lines.append("form: { ...body }")
        case .text?: lines.append("body, type: \"text/plain;charset=utf-8\"")
        case .bytes(let type)?: lines.append("body, type: \(TypeScriptText.literal(.string(type)))")
        case nil: break
        }
        return lines
    }
}

extension ClientResult {
    /// Whether it comes piece by piece.
    var isStream: Bool {
        switch self {
        case .events, .lines: true
        case .nothing, .json, .text, .bytes: false
        }
    }
}

extension String {
    fileprivate var escapedForTemplate: String {
        self.replacing("\\", with: "\\\\").replacing("`", with: "\\`").replacing("$", with: "\\$")
    }
}
