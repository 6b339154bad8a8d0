// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// Writes the methods of one class.
struct PythonOperations {
    let types: PythonTypes
    /// The names of members that are taken.
    var members: UniqueNames

    /// A method that makes a call.
    mutating func method(_ operation: ClientOperation) -> String {
        var names = UniqueNames(taken: ["body"])
        let parameters = operation.parameters.map { (name: names.take(PythonText.member($0.name)), parameter: $0) }
        let name = self.members.take(PythonText.member(operation.name))
        let (type, method) = self.result(operation.result)
        let arguments = ["self"] + self.arguments(operation, parameters)
        var call = ["\"\(operation.method)\"", Self.path(operation, parameters)]
        if method.isTyped { call.insert(type.element, at: 0) }
        call += self.values(operation, parameters)
        let returned = "self._connection.\(method.name)(\(Self.broken(call, indent: 8)))"
        let body =
            switch operation.result {
            case .nothing: "        \(returned)\n"
            case .json: "        answer: \(type.whole) = \(returned)\n        return answer\n"
            default: "        return \(returned)\n"
            }
        return """
                def \(name)(\(Self.broken(arguments, indent: 4))) -> \(type.whole):
            \(PythonText.documentation(Self.documentation(operation), indent: "        "))\(body)
            """
    }

    private static func broken(_ parts: [String], indent: Int) -> String {
        let line = parts.joined(separator: ", ")
        guard line.count > 70 else { return line }
        let margin = String(repeating: " ", count: indent)
        return "\n" + parts.map { "\(margin)    \($0),\n" }.joined() + margin
    }

    private static func documentation(_ operation: ClientOperation) -> String {
        let problems = operation.ownProblems.map { "`\($0.code)`: \($0.detail)" }
        return [
            operation.isDeprecated ? "Deprecated." : nil, operation.summary,
            problems.isEmpty ? nil : "Raises APIError with\n" + problems.joined(separator: "\n"),
        ].compactMap(\.self).joined(separator: "\n\n")
    }

    // MARK: - What a method takes

    private typealias Named = (name: String, parameter: ClientParameter)

    private func arguments(_ operation: ClientOperation, _ parameters: [Named]) -> [String] {
        let path = parameters.filter { $0.parameter.place == .path }
        let others = parameters.filter { $0.parameter.place != .path }
        var arguments = path.map { "\($0.name): \(self.types.expression($0.parameter.property.shape))" }
        var keywords = others.map { named in
            let type = self.types.expression(named.parameter.property.shape)
            if named.parameter.property.isRequired { return "\(named.name): \(type)" }
            return "\(named.name): \(type.optional) = None"
        }
        if let body = operation.body {
            switch body.form {
            case .json(let shape): arguments.append(self.body(self.types.expression(shape), body))
            case .text: arguments.append(self.body("str", body))
            case .bytes: arguments.append(self.body("Union[bytes, BinaryIO]", body))
            case .multipart(let object):
                keywords += self.fields(object, beside: parameters).map { field in
                    let type = self.types.expression(field.property.shape)
                    return "\(field.name): \(field.property.isRequired ? type : "\(type.optional) = None")"
                }
            }
        }
        return arguments + (keywords.isEmpty ? [] : ["*"] + keywords)
    }

    private func body(_ type: String, _ body: ClientBody) -> String {
        body.isRequired ? "body: \(type)" : "body: \(type.optional) = None"
    }

    /// The fields of a form, under names that no parameter has.
    private func fields(
        _ object: ObjectShape,
        beside parameters: [Named]
    ) -> [(name: String, property: PropertyShape)] {
        var names = UniqueNames(taken: Set(parameters.map(\.name)))
        return object.properties.map { (names.take(PythonText.member($0.name)), $0) }
    }

    // MARK: - What it does

    private func result(
        _ result: ClientResult
    ) -> (type: (whole: String, element: String), method: (name: String, isTyped: Bool)) {
        switch result {
        case .nothing: return (("None", "None"), ("nothing", false))
        case .text: return (("str", "str"), ("text", false))
        case .bytes: return (("bytes", "bytes"), ("bytes", false))
        case .json(let shape):
            let type = self.types.expression(shape)
            return ((type, type), ("json", true))
        case .events(nil): return (("Iterator[ServerSentEvent[str]]", "str"), ("texts", false))
        case .events(let shape?):
            let type = self.types.expression(shape)
            return (("Iterator[ServerSentEvent[\(type)]]", type), ("events", true))
        case .lines(let shape):
            let type = self.types.expression(shape)
            return (("Iterator[\(type)]", type), ("lines", true))
        }
    }

    private static func path(_ operation: ClientOperation, _ parameters: [Named]) -> String {
        let isPlain = operation.path.allSatisfy { if case .text = $0 { true } else { false } }
        let text = operation.path.map { part in
            switch part {
            case .text(let text):
                return PythonText.literal(.string(text)).dropFirst().dropLast()
                    .replacing("{", with: isPlain ? "{" : "{{").replacing("}", with: isPlain ? "}" : "}}")
            case .parameter(let name):
                let named = parameters.first { $0.parameter.place == .path && $0.parameter.name == name }
                return "{_segment(\(named?.name ?? ""))}"
            }
        }.joined()
        return isPlain ? "\"\(text)\"" : "f\"\(text)\""
    }

    private func values(_ operation: ClientOperation, _ parameters: [Named]) -> [String] {
        var values: [String] = []
        for (key, place) in [("query", ClientParameter.Place.query), ("headers", .header), ("cookies", .cookie)] {
            let pairs = parameters.filter { $0.parameter.place == place }.map { named in
                "\(PythonText.literal(.string(named.parameter.name))): \(named.name)"
            }
            if !pairs.isEmpty { values.append("\(key)={\(pairs.joined(separator: ", "))}") }
        }
        switch operation.body?.form {
        case .json?:
            values.append(operation.body?.isRequired == true ? "body=_json(body)" : "body=_json_unless_none(body)")
        case .text?: values += ["body=body", "content_type=\"text/plain; charset=utf-8\""]
        case .bytes(let type)?: values += ["body=body", "content_type=\(PythonText.literal(.string(type)))"]
        case .multipart(let object)?:
            let pairs = self.fields(object, beside: parameters).map {
                "\(PythonText.literal(.string($0.property.name))): \($0.name)"
            }
            values.append("form={\(pairs.joined(separator: ", "))}")
        case nil: break
        }
        return values
    }
}

extension String {
    /// A type, or `None`.
    fileprivate var optional: String {
        self == "Any" || self == "None" || self.hasPrefix("Optional[") ? self : "Optional[\(self)]"
    }
}
