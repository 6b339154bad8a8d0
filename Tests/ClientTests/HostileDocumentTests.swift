// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TandemAPI
import TandemSchema
import Testing

@Suite("A document cannot break out of a client, and one that lacks something is refused")
struct HostileDocumentTests {
    private static let evil = "*/ \"\"\" \\ ` ${x} {y} \\(z) // \r\n#\u{2028}throw 1 \"\"\""

    /// Names that are keywords, empty, doubled or no names; recursion; unions with and without a tag.
    private static let document: JSON = [
        "openapi": "3.1.0",
        "info": ["title": .string(evil), "version": .string(evil), "description": .string(evil)],
        "tags": [["name": "class", "description": .string(evil)]],
        "paths": [
            "/a/{in}/`$x\\": [
                "get": operation("class.delete", body: nil, path: "in"), "post": operation("class.delete"),
                "put": operation("class.constructor"), "delete": operation("class.init"),
                "patch": operation("then.self"),
            ],
            "/b/{in}": ["post": operation("then"), "put": operation("__proto__.toString"), "get": operation("1.2.3")],
        ],
        "components": [
            "schemas": [
                "Client": object(["class": ["$ref": "#/components/schemas/Promise"], "__proto__": ["type": "string"]]),
                "Promise": [
                    "description": .string(evil), "enum": ["in", "", "1", "default", "\"", .string(evil)],
                    "type": "string",
                ],
                "promise": ["type": "array", "items": ["$ref": "#/components/schemas/promise"]],
                "Tree~/ü": [
                    "oneOf": [
                        object(["kind": ["const": "leaf"], "evil": ["type": "string", "default": .string(evil)]]),
                        object(["kind": ["const": "self"], "left": ["$ref": "#/components/schemas/Tree~0~1ü"]]),
                    ],
                    "discriminator": ["propertyName": "kind"],
                ],
                "Either": ["anyOf": [["type": "string"], ["type": "integer"], ["type": "null"]]],
                "int": object([
                    "str": ["type": "string"], "int": ["type": "integer"], "bytes": ["type": "boolean"],
                    "self": ["type": ["string", "null"]], "a-b": ["type": "number"], "aB": ["type": "number"],
                    "": ["$ref": "#/components/schemas/Either"], "deep": object(["x": ["type": "string"]]),
                ]),
            ]
        ],
    ]

    private static func object(_ properties: JSON) -> JSON {
        guard case .object(let named) = properties else { return [:] }
        return [
            "type": "object", "properties": properties, "description": .string(self.evil),
            "required": .array(named.map { .string($0.name) }),
        ]
    }

    private static func operation(
        _ id: String,
        body: JSON? = ["$ref": "#/components/schemas/Client"],
        path: String = "in"
    ) -> JSON {
        var operation: JSONObject = [
            "operationId": .string(id), "summary": .string(self.evil),
            "parameters": [
                ["name": .string(path), "in": "path", "schema": ["type": "string"]],
                [
                    "name": "in", "in": "query", "schema": ["$ref": "#/components/schemas/int"],
                    "description": .string(self.evil),
                ],
                ["name": .string(self.evil), "in": "cookie", "required": true, "schema": ["type": "integer"]],
                ["name": "__proto__", "in": "header", "schema": ["type": "string", "default": .string(self.evil)]],
            ],
            "responses": [
                "200": ["content": ["application/json": ["schema": ["$ref": "#/components/schemas/Tree~0~1ü"]]]],
                "409": [
                    "description": .string("`no`: \(self.evil)"),
                    "content": ["application/problem+json": [:]],
                ],
            ],
        ]
        if let body {
            operation["requestBody"] = ["required": true, "content": ["application/json": ["schema": body]]]
        }
        return .object(operation)
    }

    private func client(_ language: ClientLanguage) throws -> String {
        try GeneratedClient(of: Self.document, in: language).files[0].text
    }

    @Test("The compilers of all languages take the client of a hostile document")
    func compiles() async throws {
        let (tsc, mypy, swiftc) = (try Tool("tsc"), try Tool.inPythonEnvironment("mypy"), try Tool("swiftc"))
        let python = try Tool("python3")
        try await withTemporaryFolder { folder in
            for language in ClientLanguage.allCases {
                for file in try GeneratedClient(of: Self.document, in: language).files {
                    try Data(file.text.utf8).write(to: folder.appending(path: file.name))
                }
            }
            try await tsc.check(TypeScriptTests.options + ["--noEmit", "client.ts"], in: folder)
            try await python.check(["-c", "import client; client.Client('http://x')"], in: folder)
            try await mypy.check(["--strict", "--cache-dir", Tool.cache, "client.py"], in: folder)
            try await swiftc.check(
                ["-swift-version", "6", "-warnings-as-errors", "-typecheck", "Client.swift"],
                in: folder
            )
        }
    }

    @Test("The same document makes the same text", arguments: ClientLanguage.allCases)
    func deterministic(language: ClientLanguage) throws {
        #expect(try self.client(language) == self.client(language))
    }

    @Test(
        "What a document lacks is named, with its place",
        arguments: [
            ([:], "The document: lacks `openapi`"), ([1], "The document: is no object"),
            (["openapi": "2.0"], "/openapi: is not 3.1; clients are written from OpenAPI 3.1"),
            (["openapi": "3.1.0"], "The document: lacks `info`"),
            (["openapi": "3.1.0", "info": [:]], "The document: lacks `paths`"),
            (["openapi": "3.1.0", "info": [:], "paths": []], "/paths: is no object"),
            (
                ["openapi": "3.1.0", "info": [:], "paths": ["/x": ["get": [:]]]],
                "/paths/~1x/get: lacks `responses`"
            ),
            (
                ["openapi": "3.1.0", "info": [:], "paths": ["/{a}": ["get": ["responses": [:]]]]],
                "/paths/~1{a}/get: lacks the parameter `a` that its path names"
            ),
            (
                [
                    "openapi": "3.1.0", "info": [:],
                    "paths": ["/x": ["get": ["parameters": [["name": "q", "in": "query"]], "responses": [:]]]],
                ],
                "/paths/~1x/get/parameters/0: lacks `schema`"
            ),
            (
                [
                    "openapi": "3.1.0", "info": [:], "paths": [:],
                    "components": ["schemas": ["A": ["$ref": "#/components/schemas/B"]]],
                ],
                "/components/schemas/A: refers to #/components/schemas/B, which the document lacks"
            ),
        ] as [(JSON, String)]
    )
    func refused(document: JSON, message: String) throws {
        let error = #expect(throws: DescriptionError.self) { try GeneratedClient(of: document, in: .typescript) }
        #expect(error?.description == message)
    }

    @Test("A schema that is too deep is refused rather than read")
    func depth() throws {
        var schema: JSON = ["type": "string"]
        for _ in 0..<300 { schema = ["type": "array", "items": schema] }
        let document: JSON = [
            "openapi": "3.1.0", "info": [:], "paths": [:], "components": ["schemas": ["Deep": schema]],
        ]
        #expect(throws: DescriptionError.self) { try GeneratedClient(of: document, in: .swift) }
    }
}
