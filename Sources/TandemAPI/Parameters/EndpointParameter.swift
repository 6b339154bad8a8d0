// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

/// How an endpoint's function has one of its arguments from a call.
///
/// Generated code makes one for each parameter, by `Parameters`; endpoints made by hand can do the same.
public protocol EndpointParameter<Value>: Sendable {
    /// What the function takes.
    associatedtype Value: Sendable

    /// Whether `read` has all it needs, without waiting for the client or anybody else.
    func isReady(in call: Call) -> Bool

    /// Reads the value; where it is not valid, the reading notes why and `nil` is returned.
    func read(_ reading: inout CallReading) throws -> Value?

    /// Reads the value, and may wait for it.
    func readWaiting(_ reading: inout CallReading) async throws -> Value?

    /// Says what the parameter is.
    func describe(in operation: inout Operation, _ definitions: inout Definitions)
}

extension EndpointParameter {
    /// Ready always.
    @inlinable public func isReady(in call: Call) -> Bool { true }

    /// Reads without waiting.
    @inlinable public func readWaiting(_ reading: inout CallReading) async throws -> Value? { try self.read(&reading) }

    /// Nothing that a client sees.
    public func describe(in operation: inout Operation, _ definitions: inout Definitions) {}
}
