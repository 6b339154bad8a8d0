// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemSchema

/// One operation of a document.
struct OperationObject {
    private let operation: Operation
    private let endpoint: Endpoint

    init(_ operation: Operation, _ endpoint: Endpoint) {
        self.operation = operation
        self.endpoint = endpoint
    }

    /// The object; its security schemes are added to those of the document.
    func json(_ schemes: inout SecuritySchemes) -> JSONObject {
        var json: JSONObject = ["operationId": .string(self.endpoint.operationID)]
        json.set("summary", self.operation.summary)
        json.set("description", self.operation.details)
        if let tag = self.operation.tag { json["tags"] = [.string(tag)] }
        if self.operation.isDeprecated { json["deprecated"] = true }
        if !self.operation.security.isEmpty { json["security"] = schemes.requirements(self.operation.security) }
        let parameters = self.parameters
        if !parameters.isEmpty { json["parameters"] = .array(parameters) }
        if let body = self.operation.body {
            json["requestBody"] = .object(Self.request(body))
        }
        json["responses"] = .object(self.responses)
        return json
    }

    /// The parameters; what a function and its dependencies both read is one.
    private var parameters: [JSON] {
        var seen: Set<String> = []
        return self.operation.parameters
            .filter { seen.insert("\($0.place.rawValue) \($0.name)").inserted }
            .map(Self.parameter)
    }

    private static func request(_ body: Operation.Body) -> JSONObject {
        var json = JSONObject()
        json.set("description", body.description)
        json["required"] = .bool(body.isRequired)
        let content = body.contentTypes.reduce(into: JSONObject()) { content, type in
            content[type] = ["schema": .object(body.schema(as: type).keywords)]
        }
        json["content"] = .object(content)
        return json
    }

    private static func parameter(_ parameter: Operation.Parameter) -> JSON {
        var json: JSONObject = ["name": .string(parameter.name), "in": .string(parameter.place.rawValue)]
        json.set("description", parameter.description)
        json["required"] = .bool(parameter.isRequired)
        json.set("style", parameter.style)
        json["schema"] = .object(parameter.schema.keywords)
        if let example = parameter.example { json["example"] = example }
        return .object(json)
    }

    // MARK: - Answers

    private var responses: JSONObject {
        let result = self.operation.result
        var responses: JSONObject = [String(result.status.code): .object(Self.success(result))]
        var problems: [Status: [HTTPError]] = [:]
        for error in self.operation.errors + result.errors + self.ownErrors {
            problems[error.status, default: []].append(error)
        }
        for (status, errors) in problems.sorted(by: { $0.key.code < $1.key.code }) {
            responses[String(status.code)] = ProblemResponse.json(errors)
        }
        responses["default"] = ProblemResponse.any
        return responses
    }

    private static func success(_ result: ResultDescription) -> JSONObject {
        var json: JSONObject = ["description": .string(result.summary)]
        let headers = result.headers.reduce(into: JSONObject()) { headers, header in
            headers[header.name] = [
                "description": .string(header.description), "required": .bool(header.isRequired),
                "schema": .object(header.schema.keywords),
            ]
        }
        if headers != JSONObject() { json["headers"] = .object(headers) }
        if let type = result.contentType {
            var content: JSONObject = ["schema": .object((result.schema ?? JSONSchema()).keywords)]
            if let item = result.itemSchema { content["x-item-schema"] = .object(item.keywords) }
            json["content"] = .object([type: .object(content)])
        }
        return json
    }

    /// What every endpoint answers that has such parameters.
    private var ownErrors: [HTTPError] {
        var errors: [HTTPError] = []
        if self.operation.parameters.contains(where: { $0.place == .path }) { errors.append(.noSuchRoute) }
        let checked = self.operation.parameters.first { $0.place != .path }
        if checked != nil || self.operation.body != nil { errors.append(CallReading.sampleFailure(checked)) }
        if !self.operation.security.isEmpty, !self.operation.errors.contains(where: { $0.status == .unauthorized }) {
            errors.append(HTTPError(.unauthorized, "The call does not say who makes it."))
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
