// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemSchema

/// The operations of the fixture that are answered by hand, as typed endpoints would be documented.
enum FixtureDocument {
    static let operations: [(path: String, method: String, operation: JSON)] = [
        (
            "/pings", "get",
            stream("pings.watch", "text/event-stream", [parameter("count", "query", ["type": "integer"])])
        ),
        ("/pings/failing", "get", stream("pings.watchFailing", "text/event-stream")),
        ("/pings/endless", "get", stream("pings.watchEndless", "text/event-stream")),
        ("/export", "get", stream("pings.export", "application/jsonl")),
        ("/export/endless", "get", stream("pings.exportEndless", "application/jsonl")),
        (
            "/files", "post",
            [
                "operationId": "files.upload", "requestBody": ["required": true, "content": upload],
                "responses": answer("application/json", ["type": "array", "items": ["type": "string"]]),
            ]
        ),
        (
            "/raw", "put",
            [
                "operationId": "files.echo",
                "requestBody": ["required": true, "content": ["application/octet-stream": [:]]],
                "responses": answer("application/octet-stream", [:]),
            ]
        ),
        (
            "/who", "get",
            [
                "operationId": "who",
                "responses": answer("application/json", ["type": "array", "items": ["type": "string"]]),
            ]
        ),
        (
            "/failing", "get",
            [
                "operationId": "failing",
                "parameters": [parameter("status", "query", ["type": "integer", "default": 502])],
                "responses": answer("text/html", ["type": "string"]),
            ]
        ),
        ("/left", "get", ["operationId": "left", "responses": answer("text/plain", ["type": "string"])]),
        (
            "/stuck", "get",
            ["operationId": "stuck", "deprecated": true, "responses": ["204": ["description": "Never."]]]
        ),
    ]

    static let securitySchemes: JSON = [
        "bearer": ["type": "http", "scheme": "bearer"],
        "login": ["type": "http", "scheme": "basic", "description": "A name and a password."],
        "apiKey": ["type": "apiKey", "in": "header", "name": "x-api-key"],
        "query key": ["type": "apiKey", "in": "query", "name": "key"],
    ]

    static let ping: JSON = [
        "type": "object",
        "properties": ["number": ["type": "integer", "format": "int64"], "text": ["type": "string"]],
        "required": ["number", "text"],
    ]

    private static let upload: JSON = [
        "multipart/form-data": [
            "schema": [
                "allOf": [
                    [
                        "type": "object",
                        "properties": [
                            "title": ["type": "string"], "tags": ["type": "array", "items": ["type": "string"]],
                            "nested": [
                                "type": "object", "properties": ["depth": ["type": "integer"]], "required": ["depth"],
                            ],
                        ],
                        "required": ["title"],
                    ],
                    [
                        "type": "object",
                        "properties": [
                            "photo": ["type": "string", "format": "binary"],
                            "others": ["type": "array", "items": ["type": "string", "format": "binary"]],
                        ],
                        "required": ["photo"],
                    ],
                ]
            ]
        ]
    ]

    private static func parameter(_ name: String, _ place: String, _ schema: JSON) -> JSON {
        ["name": .string(name), "in": .string(place), "schema": schema]
    }

    private static func answer(_ type: String, _ schema: JSON) -> JSON {
        ["200": ["description": "OK", "content": .object([type: ["schema": schema]])]]
    }

    private static func stream(_ id: String, _ type: String, _ parameters: [JSON] = []) -> JSON {
        let content: JSONObject = [
            type: ["schema": ["type": "string"], "x-item-schema": ["$ref": "#/components/schemas/Ping"]]
        ]
        return [
            "operationId": .string(id), "parameters": .array(parameters),
            "responses": ["200": ["description": "OK", "content": .object(content)]],
        ]
    }
}

extension JSON {
    /// The document with other operations, and with what they refer to.
    func adding(_ operations: [(path: String, method: String, operation: JSON)]) -> JSON {
        var document = self.properties
        var paths = document["paths"]?.properties ?? JSONObject()
        for (path, method, operation) in operations {
            paths[path] = .object(
                (paths[path]?.properties ?? JSONObject()) + JSONObject(dictionaryLiteral: (method, operation))
            )
        }
        for path in paths.map(\.name) where path.hasPrefix("/app/") { paths[path] = nil }
        document["paths"] = .object(paths)
        var components = document["components"]?.properties ?? JSONObject()
        components["securitySchemes"] = FixtureDocument.securitySchemes
        components["schemas"] = .object(
            (components["schemas"]?.properties ?? JSONObject()) + ["Ping": FixtureDocument.ping]
        )
        document["components"] = .object(components)
        return .object(document)
    }

    private var properties: JSONObject { if case .object(let object) = self { object } else { JSONObject() } }
}
