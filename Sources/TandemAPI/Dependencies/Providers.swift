// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// How dependencies are made where that is not left to their types: what an application provides, or what a test puts
/// in its place.
/// ```swift
/// var overrides = Providers()
/// overrides.provide(Caller(name: "Ada"))
/// let handler = try routes.handler(overrides: overrides)
/// ```
public struct Providers: Sendable {
    private var providers: [ObjectIdentifier: Provider] = [:]

    /// None.
    public init() {}

    /// Provides a dependency: one for all calls.
    public mutating func provide<Value: Dependency>(_ value: Value) {
        self[Value.self] = .value(value)
    }

    /// Provides a dependency: one a call.
    public mutating func provide<Value: Dependency>(
        _ type: Value.Type = Value.self,
        _ make: @escaping @Sendable (Call) async throws -> Value
    ) {
        self[type] = .maker(make)
    }

    /// How a type is made.
    subscript(type: any Dependency.Type) -> Provider? {
        get { self.providers[ObjectIdentifier(type)] }
        set { self.providers[ObjectIdentifier(type)] = newValue }
    }

    /// These, and those of others; where both have one, the other's.
    func merging(_ others: Providers) -> Providers {
        var merged = self
        merged.providers.merge(others.providers) { $1 }
        return merged
    }
}

/// How one dependency is made.
enum Provider: Sendable {
    /// It is there already.
    case value(any Sendable)
    /// It is made for each call.
    case maker(@Sendable (Call) async throws -> any Sendable)
}
