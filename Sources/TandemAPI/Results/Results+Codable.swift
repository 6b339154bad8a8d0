// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// Values of `Codable` types that are no `Schema`: they work, more slowly, and the documentation cannot tell their shape.
extension Results {
    /// 200, with the value as JSON.
    @_disfavoredOverload
    public static func response<Value: Codable & Sendable>(_ value: Value, to call: Call) throws -> Response {
        try Response(json: Coded(value))
    }

    /// A value as JSON.
    @_disfavoredOverload
    public static func describe<Value: Codable & Sendable>(
        _ type: Value.Type,
        in definitions: inout Definitions
    ) -> ResultDescription {
        ResultDescription(.ok, contentType: "application/json", schema: Coded<Value>.describe(in: &definitions))
    }
}
