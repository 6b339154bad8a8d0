// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What an endpoint needs and does not find in the request's text: who is asking, a connection, a setting.
///
/// An endpoint asks for it by a parameter of the type. It is made once a request, and tests can put another in its
/// place.
/// ```swift
/// struct Caller: Dependency {
///     let account: Account.ID
///
///     static func resolve(for call: Call) async throws -> Caller {
///         guard let token = call.request.headers["authorization"] else { throw HTTPError(.unauthorized) }
///         …
///     }
/// }
/// @GET func mine(caller: Caller) async throws -> [Ticket] { … }
/// ```
public protocol Dependency: Sendable {
    /// Makes the value for a call.
    static func resolve(for call: Call) async throws -> Self

    /// Says in the documentation of endpoints that ask for it what it takes: parameters, security, errors.
    ///
    /// ```swift
    /// static func describe(in operation: inout Operation) {
    ///     operation.require(.bearer(format: "JWT"))
    /// }
    /// ```
    /// One that asks for other dependencies itself has them say it too. Unless it is implemented, nothing is said.
    static func describe(in operation: inout Operation)
}

extension Dependency {
    /// Says nothing.
    public static func describe(in operation: inout Operation) {}
}

/// Dependencies that are made another way, as tests want them.
public struct DependencyOverrides: Sendable {
    private var makers: [ObjectIdentifier: @Sendable (Call) async throws -> any Sendable] = [:]

    /// None.
    public init() {}

    /// Makes a dependency another way.
    public mutating func set<Value: Dependency>(
        _ type: Value.Type,
        _ make: @escaping @Sendable (Call) async throws -> Value
    ) {
        self.makers[ObjectIdentifier(type)] = make
    }

    /// Makes a dependency as it is to be made.
    func make<Value: Dependency>(_ type: Value.Type, for call: Call) async throws -> Value {
        if let maker = self.makers[ObjectIdentifier(type)], let value = try await maker(call) as? Value { return value }
        return try await Value.resolve(for: call)
    }
}
