// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// The values of a sequence as JSON, a line each: 200, `application/jsonl`.
///
/// ```swift
/// @GET("export") func export() -> JSONLines<Ticket> { JSONLines(self.store.all()) }
/// ```
/// Each line is sent as soon as its value is there, and the next value is asked for when the client has taken it.
/// Where the client goes, the task that iterates is cancelled; where the sequence throws, the connection is cut, so
/// that the client can tell that lines are missing.
public struct JSONLines<Element: Schema>: EndpointResult {
    private let write: @Sendable (BodyWriter) async throws -> Void

    /// Lines of values.
    public init<Values: AsyncSequence & Sendable>(_ values: Values) where Values.Element == Element {
        self.write = { writer in
            for try await value in values { try await writer.write(Self.line(value)) }
            // A sequence that is cancelled may end as if it were over.
            try Task.checkCancellation()
        }
    }

    private static func line(_ value: Element) throws -> Bytes {
        var line = try Bytes(json: value)
        line.append("\n")
        return line
    }

    /// 200 with the lines.
    public func response(to call: Call) -> Response {
        Response(contentType: "application/jsonl", self.write)
    }

    /// Lines, and what each is like.
    public static func describe(in definitions: inout Definitions) -> ResultDescription {
        var result = ResultDescription(.ok, contentType: "application/jsonl", schema: JSONSchema(type: "string"))
        result.itemSchema = Element.describe(in: &definitions)
        return result
    }
}
