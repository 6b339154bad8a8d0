// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// An error that is answered with its own status and a problem document.
///
/// ```swift
/// throw HTTPError(.notFound, "There is no ticket \(id).")
/// ```
public struct HTTPError: Error, Sendable, CustomStringConvertible {
    /// The status to answer with.
    public var status: Status
    /// A short stable name that programs can tell errors apart by, such as `content-too-large`.
    public var code: Code
    /// What happened and what to do, for people; the client sees it.
    public var detail: String?
    /// Fields of the answer, such as `retry-after`.
    public var headers: Headers
    /// What caused it, for the log; the client never sees it.
    public var cause: (any Error)?
    /// More members of the problem document, as JSON texts by their names.
    package var members: [(name: String, json: Bytes)] = []

    /// An error from its parts.
    public init(
        _ status: Status,
        _ detail: String? = nil,
        code: Code? = nil,
        headers: Headers = [:],
        cause: (any Error)? = nil
    ) {
        self.status = status
        self.code = code ?? Code(status)
        self.detail = detail
        self.headers = headers
        self.cause = cause
    }

    /// What any error is answered with: an `HTTPError` with itself, a cancellation with 499, which nobody sees, all
    /// others with 500 and themselves as the cause.
    public init(answering error: any Error) {
        switch error {
        case let error as HTTPError: self = error
        case is CancellationError: self = .clientGone
        default: self = HTTPError(.internalServerError, cause: error)
        }
    }

    /// The status and the detail.
    public var description: String {
        self.detail.map { "\(self.status): \($0)" } ?? self.status.description
    }

    /// A short stable name of a kind of error.
    public struct Code: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
        /// The name, in lower case with hyphens.
        public let rawValue: String

        /// A code by its name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// A code by its name.
        public init(stringLiteral value: String) {
            self.rawValue = value
        }

        /// The phrase of a status as a code: `not-found`.
        init(_ status: Status) {
            self.rawValue = String(status.phrase.lowercased().map { $0 == " " ? "-" : $0 })
        }
    }
}

extension HTTPError {
    /// A body or a part of one is longer than a limit: 413.
    public static func contentTooLarge(limit: Int) -> HTTPError {
        HTTPError(.contentTooLarge, "The body is longer than the limit of \(limit) bytes.")
    }

    /// The client closed the connection; there is nobody left to answer.
    public static var clientGone: HTTPError {
        HTTPError(499, "The client closed the connection.", code: "client-gone")
    }
}
