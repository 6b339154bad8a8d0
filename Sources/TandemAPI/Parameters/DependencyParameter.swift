// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// Asks for a dependency.
public struct DependencyParameter<Value: Dependency>: EndpointParameter {
    /// The dependency of a type.
    public init(_ type: Value.Type = Value.self) {}

    /// Ready where it is there already; making it may take time.
    public func isReady(in call: Call) -> Bool { call.atHand(Value.self) != nil }

    /// The one that is there.
    public func read(_ reading: inout CallReading) throws -> Value? { reading.call.atHand(Value.self) }

    /// Makes it.
    public func readWaiting(_ reading: inout CallReading) async throws -> Value? {
        try await reading.call.dependency(Value.self)
    }

    /// What the dependency says of itself, and for who starts the application, whether it has to be provided.
    public func describe(in operation: inout Operation, _ definitions: inout Definitions) {
        if let type = Value.self as? any Provided.Type { operation.provided.append(type) }
        Value.describe(in: &operation)
    }
}

/// Gives the request itself.
public struct RequestParameter: EndpointParameter {
    /// The request.
    public init() {}

    /// The request.
    public func read(_ reading: inout CallReading) throws -> Request? { reading.call.request }
}

/// Gives the call itself.
public struct CallParameter: EndpointParameter {
    /// The call.
    public init() {}

    /// The call.
    public func read(_ reading: inout CallReading) throws -> Call? { reading.call }
}
