// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemSchema

/// The answer of an error: the problem document (RFC 9457).
enum ProblemResponse {
    /// The problem document as a schema.
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
                [CallReading.Fault]?.self,
                in: &definitions,
                description: "Each value that is not valid."
            )
            return object.schema
        }
    }

    /// What the schema is named after.
    private enum Problem {}

    /// The answer of errors with one status, each an example under its code.
    static func json(_ errors: [HTTPError]) -> JSON {
        var examples = JSONObject()
        var lines: [String] = []
        for error in errors {
            let line = "`\(error.code.rawValue)`" + (error.detail.map { ": \($0)" } ?? "")
            if !lines.contains(line) { lines.append(line) }
            guard examples[error.code.rawValue] == nil, let document = error.document.string,
                let value = try? JSON.decode(JSON.self, from: document)
            else { continue }
            var example = JSONObject()
            example.set("summary", error.detail)
            example["value"] = value
            examples[error.code.rawValue] = .object(example)
        }
        return self.json(lines.joined(separator: "\n\n"), ["examples": .object(examples)])
    }

    /// The answer of any other error.
    static let any = Self.json("Any other error.", JSONObject())

    private static func json(_ description: String, _ examples: JSONObject) -> JSON {
        let content: JSONObject = ["schema": ["$ref": "#/components/schemas/Problem"]]
        return [
            "description": .string(description), "content": ["application/problem+json": .object(content + examples)],
        ]
    }
}

extension CallReading {
    /// What a value that is not valid is answered with, as an example: that of a parameter, or else the body.
    static func sampleFailure(_ parameter: Operation.Parameter?) -> HTTPError {
        var reading = CallReading(Call(Request(.get, "/"), PathParameters()))
        if let parameter {
            let violation = Violation("type", expected: "an integer", actual: "\"x\"", pointer: "/\(parameter.name)")
            reading.note(violation, in: parameter.place)
        } else {
            reading.note(Violation("type", expected: "an object", actual: "null", pointer: ""), in: .body)
        }
        return reading.failure
    }
}
