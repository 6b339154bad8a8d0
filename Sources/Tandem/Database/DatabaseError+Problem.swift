// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemAPI
public import TandemData
public import TandemHTTP

/// What clients are told of a database's errors: never the statement, never a value of a row.
extension DatabaseError: ProblemError {
    /// 404, 409, 422 or 503 where that is what the error means, with its own code and message; 500 without either for
    /// all others, which are in the log.
    public var problem: HTTPError {
        guard let status = self.status else { return HTTPError(.internalServerError, cause: self) }
        var headers: Headers = [:]
        if status == .serviceUnavailable { headers["retry-after"] = "1" }
        // Why there is no connection is for those who run the server.
        let detail = self.code == .connectionLost ? "The database cannot be reached; try again." : self.message
        return HTTPError(status, detail, code: .init(rawValue: self.code.rawValue), headers: headers, cause: self)
    }

    /// None by name: which of them an endpoint can meet, its queries say.
    public static var problems: [HTTPError] { [] }

    private var status: Status? {
        switch self.code {
        case .notFound: .notFound
        case .uniqueViolation, .foreignKeyViolation, .stale, .serializationFailure: .conflict
        case .checkViolation, .notNullViolation, .invalidValue: .unprocessableContent
        case .busy, .connectionLost, .poolExhausted: .serviceUnavailable
        default: nil
        }
    }
}
