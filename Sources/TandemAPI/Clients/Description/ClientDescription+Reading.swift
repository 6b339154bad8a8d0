// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

extension ClientDescription {
    /// Reads an OpenAPI 3.1 document.
    init(_ document: JSON) throws(DescriptionError) {
        let root = DescriptionNode(document)
        guard try root.required("openapi").json.string?.hasPrefix("3.") == true else {
            throw try root.required("openapi").error("is not 3.1; clients are written from OpenAPI 3.1")
        }
        let info = try root.required("info")
        self.init(
            title: try info.text("title") ?? "API",
            version: try info.text("version") ?? "0",
            summary: try info.text("description")
        )
        let components = try root.optional("components")
        let shapes = TypeShapes(try components?.properties("schemas") ?? [], prefix: "#/components/schemas/")
        for (path, item) in try root.required("paths").properties() {
            for (method, node) in try item.properties() where Self.methods.contains(method) {
                let reading = OperationReading(node, shapes: shapes, shared: try item.elements("parameters"))
                self.add(try reading.operation(method, path), to: try reading.group())
            }
        }
        for tag in try root.elements("tags") {
            guard let name = try tag.text("name"), let summary = try tag.text("description") else { continue }
            for index in self.groups.indices where self.groups[index].name.lowercased() == name.lowercased() {
                self.groups[index].summary = summary
            }
        }
        for (name, scheme) in try components?.properties("securitySchemes") ?? [] {
            guard let kind = try Self.credential(scheme) else { continue }
            self.credentials.append(
                ClientCredential(name: name, kind: kind, summary: try scheme.text("description"))
            )
        }
        self.choose(from: try shapes.declarations())
    }

    /// The methods that clients can send; `fetch` refuses TRACE.
    private static let methods: Set = ["get", "put", "post", "delete", "options", "head", "patch"]

    private mutating func add(_ operation: ClientOperation, to group: String?) {
        guard let group else { return self.operations.append(operation) }
        if let index = self.groups.firstIndex(where: { $0.name == group }) {
            self.groups[index].operations.append(operation)
        } else {
            self.groups.append(ClientGroup(name: group, operations: [operation]))
        }
    }

    private static func credential(_ node: DescriptionNode) throws(DescriptionError) -> ClientCredential.Kind? {
        switch try node.text("type") {
        case "http": return try node.text("scheme")?.lowercased() == "basic" ? .basic : nil
        case "apiKey":
            guard let name = try node.text("name") else { throw node.error("lacks `name`") }
            let place = try node.text("in").flatMap(ClientParameter.Place.init)
            guard let place, place != .path else { throw node.error("lacks `in`, which is query, header or cookie") }
            return .key(name: name, place: place)
        // Tokens of OAuth 2 and of OpenID Connect are bearer tokens, and so is what a client always has a place for.
        default: return nil
        }
    }

    // MARK: - Types

    /// Keeps the types that calls and answers need, and notes which way they go.
    private mutating func choose(from types: [TypeDeclaration]) {
        let shapes = Dictionary(types.map { ($0.name, $0.shape) }) { $1 }
        var sent: Set<String> = [], answered: Set<String> = []
        for operation in self.allOperations {
            for parameter in operation.parameters { parameter.property.shape.collect(into: &sent, of: shapes) }
            switch operation.body?.form {
            case .json(let shape)?:
                shape.collect(into: &sent, of: shapes)
                if operation.method == "PATCH", case .named(let name) = shape { self.patches.insert(name) }
            case .multipart(let object)?: TypeShape.object(object).collect(into: &sent, of: shapes)
            case .text?, .bytes?, nil: break
            }
            switch operation.result {
            case .json(let shape), .lines(let shape): shape.collect(into: &answered, of: shapes)
            case .events(let shape): shape?.collect(into: &answered, of: shapes)
            case .nothing, .text, .bytes: break
            }
        }
        self.types = types.filter { sent.contains($0.name) || answered.contains($0.name) }
        self.received = answered.subtracting(sent)
        self.patches.subtract(answered)
    }
}

extension TypeShape {
    /// The names of the types that it refers to, those that they refer to included.
    fileprivate func collect(into names: inout Set<String>, of shapes: [String: TypeShape]) {
        switch self {
        case .named(let name):
            if names.insert(name).inserted { shapes[name]?.collect(into: &names, of: shapes) }
        case .array(let shape), .dictionary(let shape), .nullable(let shape): shape.collect(into: &names, of: shapes)
        case .union(let parts, _): for part in parts { part.collect(into: &names, of: shapes) }
        case .object(let object):
            for property in object.properties { property.shape.collect(into: &names, of: shapes) }
        case .any, .null, .boolean, .integer, .double, .decimal, .text, .constants: break
        }
    }
}
