// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
public import TandemSchema

/// The OpenAPI 3.1 document of endpoints, written from their declarations.
public struct OpenAPIDocument: Sendable {
    /// What the document says of the application.
    public struct Info: Sendable {
        /// Its name.
        public var title: String
        /// The version of its API.
        public var version: String
        /// What it is for, as Markdown.
        public var description: String?

        /// What there is to say.
        public init(title: String = "API", version: String = "0.1.0", description: String? = nil) {
            self.title = title
            self.version = version
            self.description = description
        }
    }

    /// The document.
    public let json: JSON

    /// The document of an application's endpoints.
    public init(_ routes: Routes, info: Info = Info()) {
        var definitions = Definitions(prefix: "#/components/schemas/")
        _ = Problem.reference(in: &definitions)
        var paths = JSONObject()
        for endpoint in routes.endpoints where Self.methods.contains(endpoint.method) {
            let path = Self.path(endpoint.pattern)
            var item = paths[path]?.object ?? JSONObject()
            let operation = endpoint.operation(in: &definitions)
            item[endpoint.method.rawValue.lowercased()] = .object(OperationObject(operation, endpoint).json)
            paths[path] = .object(item)
        }
        var head: JSONObject = ["title": .string(info.title), "version": .string(info.version)]
        if let description = info.description { head["description"] = .string(description) }
        var document: JSONObject = ["openapi": "3.1.0", "info": .object(head)]
        document["tags"] = .array(Self.tags(routes))
        document["paths"] = .object(paths)
        document["components"] = ["schemas": .object(definitions.schemas)]
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

    private static func tags(_ routes: Routes) -> [JSON] {
        var seen: Set<String> = []
        return routes.endpoints.compactMap(\.tag).filter { seen.insert($0).inserted }.map { name in
            guard let summary = routes.summaries[name] else { return ["name": .string(name)] }
            return ["name": .string(name), "description": .string(summary)]
        }
    }
}

/// One operation of the document.
struct OperationObject {
    private let operation: Operation
    private let endpoint: Endpoint

    init(_ operation: Operation, _ endpoint: Endpoint) {
        self.operation = operation
        self.endpoint = endpoint
    }

    var json: JSONObject {
        var json: JSONObject = ["operationId": .string(self.endpoint.operationID)]
        if let summary = self.operation.summary { json["summary"] = .string(summary) }
        if let details = self.operation.details { json["description"] = .string(details) }
        if let tag = self.operation.tag { json["tags"] = [.string(tag)] }
        if self.operation.isDeprecated { json["deprecated"] = true }
        if !self.operation.parameters.isEmpty {
            json["parameters"] = .array(self.operation.parameters.map(Self.parameter))
        }
        if let body = self.operation.body {
            var request = JSONObject()
            if let description = body.description { request["description"] = .string(description) }
            request["required"] = .bool(body.isRequired)
            request["content"] = .object(Self.content(body.contentTypes, body.wholeSchema))
            json["requestBody"] = .object(request)
        }
        json["responses"] = .object(self.responses)
        return json
    }

    private static func parameter(_ parameter: Operation.Parameter) -> JSON {
        var json: JSONObject = ["name": .string(parameter.name), "in": .string(parameter.place.rawValue)]
        if let description = parameter.description { json["description"] = .string(description) }
        json["required"] = .bool(parameter.isRequired)
        if let style = parameter.style { json["style"] = .string(style) }
        json["schema"] = .object(parameter.schema.keywords)
        return .object(json)
    }

    private static func content(_ types: [String], _ schema: JSONSchema) -> JSONObject {
        types.reduce(into: JSONObject()) { $0[$1] = ["schema": .object(schema.keywords)] }
    }

    private var responses: JSONObject {
        let result = self.operation.result
        var success: JSONObject = ["description": .string(result.summary)]
        if let type = result.contentType {
            success["content"] = .object(Self.content([type], result.schema ?? JSONSchema()))
        }
        var responses: JSONObject = [String(result.status.code): .object(success)]
        for problem in (self.operation.errors + self.ownErrors).sorted(by: { $0.status.code < $1.status.code }) {
            let status = String(problem.status.code)
            let text = "`\(problem.code.rawValue)`" + (problem.detail.map { ": \($0)" } ?? "")
            let before = responses[status]?.object?["description"]?.string.map { $0 + "\n\n" } ?? ""
            responses[status] = Problem.response(before + text)
        }
        responses["default"] = Problem.response("Any other error.")
        return responses
    }

    /// What every endpoint answers that has such parameters.
    private var ownErrors: [HTTPError] {
        var errors: [HTTPError] = []
        if self.operation.parameters.contains(where: { $0.place == .path }) { errors.append(.noSuchRoute) }
        let isChecked = self.operation.parameters.contains { $0.place != .path } || self.operation.body != nil
        if isChecked {
            errors.append(HTTPError(.unprocessableContent, "A value is not valid.", code: "invalid-request"))
        }
        guard let body = self.operation.body else { return errors }
        errors.append(HTTPError(.contentTooLarge, "The body is longer than the limit."))
        let encodings = body.contentTypes.filter { BodyEncoding.forms.map(\.name).contains($0) }
        guard !encodings.isEmpty else { return errors }
        if encodings.contains(BodyEncoding.json.name) {
            errors.append(HTTPError(.badRequest, "The body is no JSON.", code: "malformed-json"))
        }
        if encodings.contains(BodyEncoding.multipart.name) {
            errors.append(HTTPError(.badRequest, "The form is malformed.", code: "malformed-form"))
        }
        errors.append(HTTPError(.unsupportedMediaType, "The body is of another media type."))
        return errors
    }
}

/// The problem document (RFC 9457) as a schema.
private enum Problem {
    static func reference(in definitions: inout Definitions) -> JSONSchema {
        definitions.reference(to: Problem.self) { definitions in
            var object = ObjectDescription(description: "What went wrong (RFC 9457).")
            object.property("type", String.self, in: &definitions)
            object.property("title", String.self, in: &definitions)
            object.property("status", Int.self, in: &definitions)
            object.property("code", String.self, in: &definitions, description: "A stable name, for programs.")
            object.property("detail", String?.self, in: &definitions, description: "What happened, for people.")
            object.property(
                "errors",
                [JSONObject]?.self,
                in: &definitions,
                description: "Each value that is not valid."
            )
            return object.schema
        }
    }

    static func response(_ description: String) -> JSON {
        let schema: JSON = ["$ref": "#/components/schemas/Problem"]
        return ["description": .string(description), "content": ["application/problem+json": ["schema": schema]]]
    }
}

extension JSON {
    /// The properties, where it is an object.
    package var object: JSONObject? { if case .object(let object) = self { object } else { nil } }

    /// The text, where it is a string.
    package var string: String? { if case .string(let text) = self { text } else { nil } }
}
