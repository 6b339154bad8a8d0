// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

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

/// A dependency that does not make itself: the application provides it, by `provide`.
/// ```swift
/// extension Mailer: Provided {}
/// app.provide(Mailer(host: "localhost"))
/// ```
/// An application whose endpoints ask for one that is not provided does not start. One that only other dependencies
/// ask for is missed when they do.
public protocol Provided: Dependency {}

extension Provided {
    /// There is none unless it is provided.
    public static func resolve(for call: Call) async throws -> Self {
        throw MissingProvider(Self.self, for: call.request.description)
    }
}

/// A dependency that an endpoint asks for and nobody provides.
public struct MissingProvider: Error, CustomStringConvertible {
    /// What is asked for, by what, and what to do.
    public let description: String

    init(_ type: any Dependency.Type, for place: String) {
        self.description = """
            \(place) asks for a \(type), which nobody provides. Call `provide` with one on the application, or on the \
            group or the module that the endpoint is in.
            """
    }
}
