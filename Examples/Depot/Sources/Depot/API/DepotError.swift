// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// What can be wrong with a request for something of the catalogue.
enum DepotError: ProblemError {
    case noSuchPackage, noSuchSection, reviewedAlready
    case database(DatabaseError)

    var problem: HTTPError {
        switch self {
        case .noSuchPackage: HTTPError(.notFound, "The catalogue has no such package.", code: "no-such-package")
        case .noSuchSection: HTTPError(.notFound, "The catalogue has no such section.", code: "no-such-section")
        case .reviewedAlready:
            HTTPError(.conflict, "There is a review of this package by this author already.", code: "reviewed-already")
        case .database(let error): error.problem
        }
    }

    static let problems = [DepotError.noSuchPackage, .noSuchSection, .reviewedAlready].map(\.problem)

    /// Runs work with the database, whose errors become ones of this type.
    static func within<Result: Sendable>(
        _ body: () async throws -> Result
    ) async throws(DepotError) -> Result {
        do {
            return try await body()
        } catch let error as DepotError {
            throw error
        } catch let error as DatabaseError {
            throw .database(error)
        } catch {
            throw .database(DatabaseError(.other, "The catalogue could not be asked.", cause: error))
        }
    }
}
