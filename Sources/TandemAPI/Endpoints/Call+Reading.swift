// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
public import TandemSchema

/// What a closure reads of its call; what is not valid is thrown as for a function's arguments.
extension Call {
    /// A parameter of the path.
    ///
    /// - Throws: 404 where its text holds no such value.
    public func path<Value: Scalar>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
        try self.read(Parameters.path(name, type))
    }

    /// A parameter of the query: `call.query("page", as: Int.self, default: 1)`, `call.query("tag", as: [String].self)`.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - type: What it holds; an optional need not be there.
    ///   - fallback: What it is where it is not there; `nil` where it must be.
    /// - Returns: The value.
    /// - Throws: 422 where it must be there and is not, or holds no such value.
    public func query<Value: ParameterValue>(
        _ name: String,
        as type: Value.Type = Value.self,
        default fallback: Value? = nil
    ) throws -> Value {
        try self.read(QueryParameter(name, type, default: fallback))
    }

    /// A header field.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - type: What it holds; an optional need not be there.
    ///   - fallback: What it is where it is not there; `nil` where it must be.
    /// - Returns: The value.
    /// - Throws: 422 where it must be there and is not, or holds no such value.
    public func header<Value: ParameterValue>(
        _ name: String,
        as type: Value.Type = Value.self,
        default fallback: Value? = nil
    ) throws -> Value {
        try self.read(HeaderParameter(name, default: fallback.map(Header.init))).value
    }

    /// A cookie.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - type: What it holds; an optional need not be there.
    ///   - fallback: What it is where it is not there; `nil` where it must be.
    /// - Returns: The value.
    /// - Throws: 422 where it must be there and is not, or holds no such value.
    public func cookie<Value: ParameterValue>(
        _ name: String,
        as type: Value.Type = Value.self,
        default fallback: Value? = nil
    ) throws -> Value {
        try self.read(CookieParameter(name, default: fallback.map(Cookie.init))).value
    }

    /// The body.
    ///
    /// - Throws: 422 with all that is wrong with it, 400, 413 or 415 where it cannot be read.
    public func body<Value: Schema>(_ type: Value.Type = Value.self) async throws -> Value {
        var reading = CallReading(self)
        guard let value = try await Parameters.body(type).readWaiting(&reading) else { throw reading.failure }
        return value
    }

    private func read<Parameter: EndpointParameter>(_ parameter: Parameter) throws -> Parameter.Value {
        var reading = CallReading(self)
        guard let value = try parameter.read(&reading) else { throw reading.failure }
        return value
    }
}
