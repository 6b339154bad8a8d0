// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
public import TandemSchema

/// The OpenAPI 3.1 document of endpoints, written from their declarations.
public struct OpenAPIDocument: Sendable {
    /// The document.
    public let json: JSON

    /// The document of an application's endpoints.
    public init(_ routes: Routes, info: Info = Info()) {
        var definitions = Definitions(prefix: "#/components/schemas/")
        _ = ProblemResponse.reference(in: &definitions)
        var schemes = SecuritySchemes()
        var paths = JSONObject()
        var tags: [String] = []
        for endpoint in routes.endpoints where Self.methods.contains(endpoint.method) {
            let operation = endpoint.operation(in: &definitions)
            guard operation.isDocumented else { continue }
            let path = Self.path(endpoint.pattern)
            var item = paths[path]?.object ?? JSONObject()
            let object = OperationObject(operation, endpoint).json(&schemes)
            item[endpoint.method.rawValue.lowercased()] = .object(object)
            paths[path] = .object(item)
            if let tag = operation.tag, !tags.contains(tag) { tags.append(tag) }
        }
        var document: JSONObject = ["openapi": "3.1.0", "info": .object(info.json)]
        if !info.servers.isEmpty { document["servers"] = .array(info.serversJSON) }
        document["tags"] = .array(tags.map { Self.tag($0, routes.summaries[$0]) })
        document["paths"] = .object(paths)
        var components: JSONObject = ["schemas": .object(NamedChoices(definitions).schemas)]
        if schemes.json != JSONObject() { components["securitySchemes"] = .object(schemes.json) }
        document["components"] = .object(components)
        self.json = .object(document)
    }

    /// The methods that OpenAPI has words for; endpoints of others are left out.
    private static let methods: Set<TandemHTTP.Method> = [
        .get, .put, .post, .delete, .options, .head, .patch, .trace,
    ]

    /// A pattern as OpenAPI has it; it has no word for the rest of a path.
    private static func path(_ pattern: PathPattern) -> String {
        String(pattern.description.filter { $0 != "*" })
    }

    private static func tag(_ name: String, _ summary: String?) -> JSON {
        var object: JSONObject = ["name": .string(name)]
        object.set("description", summary)
        return .object(object)
    }
}
