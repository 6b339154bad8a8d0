// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// An error that a client is told of, and that the documentation names.
///
/// An endpoint that throws it by its type, `throws(TicketError)`, is documented with each of its problems.
/// ```swift
/// enum TicketError: ProblemError, CaseIterable {
///     case closed
///
///     var problem: HTTPError { HTTPError(.conflict, "The ticket is closed.", code: "ticket-closed") }
/// }
/// ```
public protocol ProblemError: Error, Sendable {
    /// What the client is answered.
    var problem: HTTPError { get }

    /// All problems that errors of this type can be.
    static var problems: [HTTPError] { get }
}

extension ProblemError where Self: CaseIterable {
    /// The problem of each case.
    public static var problems: [HTTPError] { self.allCases.map(\.problem) }
}

extension HTTPError: ProblemError {
    /// The error itself.
    public var problem: HTTPError { self }

    /// Any, and so none is named.
    public static var problems: [HTTPError] { [] }
}

extension Operation {
    /// Documents the problems of a type of errors.
    public mutating func addErrors<Failure: ProblemError>(of type: Failure.Type) {
        self.errors += type.problems
    }

    /// Errors of other types are answered with 500, of which there is nothing to say.
    @_disfavoredOverload
    public mutating func addErrors<Failure: Error>(of type: Failure.Type) {}
}
