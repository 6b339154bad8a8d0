// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// Makes a response of what a function returned, by its type; generated code calls this.
public enum Results {
    /// 200, with the value as JSON.
    public static func response<Value: Schema>(_ value: Value, to call: Call) throws -> Response {
        try Response(json: value)
    }

    /// What the result says.
    public static func response<Result: EndpointResult>(_ result: Result, to call: Call) throws -> Response {
        try result.response(to: call)
    }

    /// 200, with the text as it is.
    public static func response(_ text: String, to call: Call) throws -> Response { Response(text) }

    /// 204.
    public static func response(_ nothing: Void, to call: Call) throws -> Response { Response(status: .noContent) }

    /// A value as JSON.
    public static func describe<Value: Schema>(
        _ type: Value.Type,
        in definitions: inout Definitions
    ) -> ResultDescription {
        ResultDescription(.ok, contentType: "application/json", schema: type.describe(in: &definitions))
    }

    /// What the result says of itself.
    public static func describe<Result: EndpointResult>(
        _ type: Result.Type,
        in definitions: inout Definitions
    ) -> ResultDescription {
        type.describe(in: &definitions)
    }

    /// Text.
    public static func describe(_ type: String.Type, in definitions: inout Definitions) -> ResultDescription {
        ResultDescription(.ok, contentType: "text/plain", schema: JSONSchema(type: "string"))
    }

    /// Nothing.
    public static func describe(_ type: Void.Type, in definitions: inout Definitions) -> ResultDescription {
        ResultDescription(.noContent)
    }
}
