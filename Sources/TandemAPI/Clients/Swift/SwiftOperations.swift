// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// Writes the methods of one type.
struct SwiftOperations {
    let types: SwiftTypes
    /// The names of members that are taken.
    var members: UniqueNames

    private typealias Named = (name: String, property: PropertyShape, place: ClientParameter.Place?)

    /// A method that makes a call.
    mutating func method(_ operation: ClientOperation) -> String {
        var names = UniqueNames(taken: ["body"])
        var values: [Named] = operation.parameters.map {
            (names.take(SwiftText.member($0.name)), $0.property, $0.place)
        }
        var body: String?
        switch operation.body?.form {
        case .json(let shape)?: body = self.types.expression(shape)
        case .text?: body = "String"
        case .bytes?: body = "Data"
        case .multipart(let object)?:
            values += object.properties.map { (names.take(SwiftText.member($0.name)), $0, nil) }
        case nil: break
        }
        let name = SwiftText.quoted(self.members.take(SwiftText.member(operation.name)))
        var arguments = values.filter { $0.place == .path }.map(self.argument)
        if let body, let isRequired = operation.body?.isRequired {
            arguments.append("_ body: \(isRequired ? body : "\(body)? = nil")")
        }
        arguments += values.filter { $0.place != .path }.map(self.argument)
        let (type, ending) = self.result(operation.result)
        let isStream = operation.result.isStream
        let effects = isStream ? "" : " async throws"
        let returned = type == "Void" ? "" : " -> \(type)"
        let line = arguments.joined(separator: ", ")
        let list = line.count < 70 ? line : "\n        " + arguments.joined(separator: ",\n        ") + "\n    "
        var text = SwiftText.documentation(Self.documentation(operation), indent: "    ")
        if operation.isDeprecated { text += "    @available(*, deprecated)\n" }
        text += "    public func \(name)(\(list))\(effects)\(returned) {\n"
        text += self.call(operation, values)
        return text + "        return \(isStream ? "" : "try await ")self.connection.\(ending)\n    }\n"
    }

    private func argument(_ value: Named) -> String {
        let type = self.types.expression(value.property.shape)
        if value.property.isRequired { return "\(SwiftText.quoted(value.name)): \(type)" }
        return "\(SwiftText.quoted(value.name)): \(type.hasSuffix("?") ? type : type + "?") = nil"
    }

    private static func documentation(_ operation: ClientOperation) -> String {
        let problems = operation.ownProblems.map { "- Throws: `APIError` with `\($0.code)`: \($0.detail)" }
        return [operation.summary, problems.isEmpty ? nil : problems.joined(separator: "\n")].compactMap(\.self)
            .joined(separator: "\n\n")
    }

    private func result(_ result: ClientResult) -> (type: String, ending: String) {
        switch result {
        case .nothing: return ("Void", "nothing(call)")
        case .text: return ("String", "text(call)")
        case .bytes: return ("Data", "bytes(call)")
        case .json(let shape): return (self.types.expression(shape), "json(call)")
        case .events(nil): return ("AsyncThrowingStream<ServerSentEvent<String>, any Error>", "texts(call)")
        case .events(let shape?):
            return ("AsyncThrowingStream<ServerSentEvent<\(self.types.expression(shape))>, any Error>", "events(call)")
        case .lines(let shape):
            return ("AsyncThrowingStream<\(self.types.expression(shape)), any Error>", "lines(call)")
        }
    }

    private func call(_ operation: ClientOperation, _ values: [Named]) -> String {
        let path = operation.path.map { part in
            switch part {
            case .text(let text): return ".text(\(SwiftText.literal(text)))"
            case .parameter(let name):
                let value = values.first { $0.place == .path && $0.property.name == name }
                return ".value(\(SwiftText.quoted(value?.name ?? "")))"
            }
        }
        let isChanged = operation.body != nil || values.contains { $0.place != .path }
        var text =
            "        \(isChanged ? "var" : "let") call = Call(\"\(operation.method)\", [\(path.joined(separator: ", "))])\n"
        for (key, place) in [("query", ClientParameter.Place.query), ("headers", .header), ("cookies", .cookie)] {
            for value in values where value.place == place {
                text +=
                    "        call.\(key).append((\(SwiftText.literal(value.property.name)), \(SwiftText.quoted(value.name))))\n"
            }
        }
        for value in values where value.place == nil {
            text +=
                "        call.form.append((\(SwiftText.literal(value.property.name)), \(SwiftText.quoted(value.name))))\n"
        }
        switch operation.body?.form {
        case .json?: text += "        call.json = body\n"
        case .text?:
            text +=
                "        call.body = \(operation.body?.isRequired == true ? "Data(body.utf8)" : "body.map { Data($0.utf8) }")\n"
        case .bytes?: text += "        call.body = body\n"
        case .multipart?, nil: break
        }
        switch operation.body?.form {
        case .text?: text += "        call.contentType = \"text/plain; charset=utf-8\"\n"
        case .bytes(let type)?: text += "        call.contentType = \(SwiftText.literal(type))\n"
        default: break
        }
        return text
    }
}
