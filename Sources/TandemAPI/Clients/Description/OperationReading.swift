// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// Reads one operation of an OpenAPI document.
struct OperationReading {
    private let node: DescriptionNode
    private let shapes: TypeShapes
    /// The parameters of all operations of the path.
    private let shared: [DescriptionNode]

    init(_ node: DescriptionNode, shapes: TypeShapes, shared: [DescriptionNode]) {
        self.node = node
        self.shapes = shapes
        self.shared = shared
    }

    /// The group: what stands before the first dot of the identifier.
    func group() throws(DescriptionError) -> String? {
        guard let id = try self.node.text("operationId"), let dot = id.firstIndex(of: ".") else { return nil }
        return String(id[..<dot])
    }

    func operation(_ method: String, _ path: String) throws(DescriptionError) -> ClientOperation {
        let id = try self.node.text("operationId") ?? "\(method) \(path)"
        let words = [try self.node.text("summary"), try self.node.text("description")].compactMap(\.self)
        let parameters = try self.parameters()
        return ClientOperation(
            name: id.firstIndex(of: ".").map { String(id[$0...].dropFirst()) } ?? id,
            method: method.uppercased(),
            path: try self.path(path, parameters),
            summary: words.isEmpty ? nil : words.joined(separator: "\n\n"),
            isDeprecated: try self.node.flag("deprecated"),
            parameters: parameters,
            body: try self.node.optional("requestBody").map { node throws(DescriptionError) in try self.body(node) },
            result: try self.result(),
            problems: try self.problems()
        )
    }

    /// The path in parts; each parameter that it names must be declared.
    private func path(
        _ path: String,
        _ parameters: [ClientParameter]
    ) throws(DescriptionError) -> [ClientOperation.PathPart] {
        var parts: [ClientOperation.PathPart] = []
        var rest = path[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else { break }
            let name = String(rest[rest.index(after: open)..<close])
            guard parameters.contains(where: { $0.place == .path && $0.name == name }) else {
                throw self.node.error("lacks the parameter `\(name)` that its path names")
            }
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            parts.append(.parameter(name))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        return parts
    }

    // MARK: - What is sent

    private func parameters() throws(DescriptionError) -> [ClientParameter] {
        var parameters: [ClientParameter] = []
        for node in try self.shared + self.node.elements("parameters") {
            guard let name = try node.required("name").json.string else {
                throw node.error("has a name that is no text")
            }
            guard let place = try node.text("in").flatMap(ClientParameter.Place.init) else {
                throw node.error("lacks `in`, which is path, query, header or cookie")
            }
            let schema = try node.required("schema")
            let property = PropertyShape(
                name: name,
                shape: try self.shapes.shape(of: schema),
                description: try node.text("description"),
                isRequired: try node.flag("required") || place == .path,
                isDeprecated: try node.flag("deprecated"),
                fallback: try schema.optional("default")?.json
            )
            // What an operation says of a parameter replaces what its path says.
            parameters.removeAll { $0.name == name && $0.place == place }
            parameters.append(ClientParameter(place: place, property: property))
        }
        return parameters
    }

    private func body(_ node: DescriptionNode) throws(DescriptionError) -> ClientBody {
        let content = try node.required("content").properties()
        guard let first = content.first else { throw node.error("has no media type in its `content`") }
        let isRequired = try node.flag("required")
        if let json = content.first(where: { $0.name.isJSON }) {
            let schema = try json.node.optional("schema")
            return ClientBody(form: .json(try self.shape(schema)), isRequired: isRequired)
        }
        let forms = ["multipart/form-data", "application/x-www-form-urlencoded"]
        if let form = content.first(where: { forms.contains($0.name) }) {
            let schema = try form.node.required("schema")
            guard let object = try self.shapes.object(of: schema) else {
                throw schema.error("is no object, which the fields of a form are")
            }
            return ClientBody(form: .multipart(object), isRequired: isRequired)
        }
        let form: ClientBody.Form = first.name.hasPrefix("text/") ? .text : .bytes(first.name)
        return ClientBody(form: form, isRequired: isRequired)
    }

    private func shape(_ schema: DescriptionNode?) throws(DescriptionError) -> TypeShape {
        guard let schema else { return .any }
        return try self.shapes.shape(of: schema)
    }

    // MARK: - What is answered

    /// What the first status of success says; a redirect says nothing that a client could read.
    private func result() throws(DescriptionError) -> ClientResult {
        let responses = try self.node.required("responses").properties()
        guard self.node.pointer.hasSuffix("/head") == false else { return .nothing }
        guard let success = responses.first(where: { $0.name.hasPrefix("2") }) else { return .nothing }
        guard let content = try success.node.properties("content").first else {
            // A status that promises a body, of which nothing is said.
            return success.name == "200" ? .bytes : .nothing
        }
        let (type, media) = content
        // OpenAPI 3.2 has a word of its own for it.
        var items = try media.optional("itemSchema")
        if items == nil { items = try media.optional("x-item-schema") }
        switch type.mediaType {
        case "text/event-stream":
            guard let items else { return .events(nil) }
            return .events(try self.shapes.shape(of: items))
        case "application/jsonl", "application/x-ndjson", "application/json-seq":
            return .lines(try self.shape(items))
        case let type where type.isJSON: return .json(try self.shape(media.optional("schema")))
        case let type where type.hasPrefix("text/"): return .text
        default: return .bytes
        }
    }

    /// The codes: in the document, each begins a paragraph of a response's description.
    private func problems() throws(DescriptionError) -> [ClientProblem] {
        var problems: [ClientProblem] = []
        for (_, response) in try self.node.properties("responses") {
            let isProblem = try response.properties("content").contains { $0.name == "application/problem+json" }
            guard isProblem, let description = try response.text("description") else { continue }
            for line in description.split(whereSeparator: \.isNewline) {
                guard line.first == "`", let end = line.dropFirst().firstIndex(of: "`") else { continue }
                let code = line[..<end].dropFirst(), detail = line[end...].dropFirst()
                guard code.isCode else { continue }
                problems.append(ClientProblem(code: String(code), detail: String(detail.trimmingPrefix(": "))))
            }
        }
        return problems
    }
}

extension TypeShapes {
    /// The properties of an object, which may stand elsewhere under a name.
    fileprivate func object(of node: DescriptionNode) throws(DescriptionError) -> ObjectShape? {
        var shape = try self.shape(of: node)
        // A name may stand for another; as many times as there are names.
        for _ in 0..<8 {
            guard case .named(let name) = shape else { break }
            guard let declared = try self.declared(name) else { break }
            shape = declared
        }
        if case .object(let object) = shape { return object }
        return nil
    }
}

extension String {
    /// A media type without its parameters.
    fileprivate var mediaType: String {
        String(self.prefix { $0 != ";" }).lowercased()
    }

    fileprivate var isJSON: Bool { self.mediaType == "application/json" || self.mediaType.hasSuffix("+json") }
}

extension Substring {
    /// Whether it looks like the code of an error: small letters, digits and hyphens.
    fileprivate var isCode: Bool {
        self.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == UInt8(ascii: "-") }
    }
}
