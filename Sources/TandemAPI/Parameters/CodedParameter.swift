// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
public import TandemSchema

/// The body as JSON, of a `Codable` type that is no `Schema`.
public struct CodedParameter<Value: Codable & Sendable>: EndpointParameter {
    private let body: BodyParameter<Coded<Value>>

    /// The body as a value of a type.
    public init(_ type: Value.Type = Value.self, limits: JSONLimits = JSONLimits()) {
        self.body = BodyParameter(limits: limits)
    }

    /// Ready once all of it has arrived.
    public func isReady(in call: Call) -> Bool { self.body.isReady(in: call) }

    /// Reads a body that has arrived.
    public func read(_ reading: inout CallReading) throws -> Value? { try self.body.read(&reading)?.value }

    /// Reads the body, and waits for the rest of it.
    public func readWaiting(_ reading: inout CallReading) async throws -> Value? {
        try await self.body.readWaiting(&reading)?.value
    }

    /// The body of the request, of which nothing more is known.
    public func describe(in operation: inout Operation, _ definitions: inout Definitions) {
        self.body.describe(in: &operation, &definitions)
    }
}
