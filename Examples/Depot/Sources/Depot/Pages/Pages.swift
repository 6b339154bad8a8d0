// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem
import TandemHTML

/// The pages for people.
@API("") struct Pages {
    let templates: Templates

    /// Show the first page.
    @GET func home(db: Database) async throws -> HTML {
        try self.templates.render("home", await HomePage.load(from: db))
    }

    /// Show the packages that are searched for.
    @GET("catalogue") func results(filter: Query<PackageFilter>, db: Database) async throws -> HTML {
        try self.templates.render("results", await ResultsPage.load(filter.value, from: db))
    }

    /// Show a package.
    @GET("catalogue/{name}") func package(name: String, db: Database) async throws(DepotError) -> HTML {
        try await DepotError.within {
            try self.templates.render("package", await PackagePage.load(name, from: db))
        }
    }

    /// Publish a review by the form of a package's page.
    ///
    /// What is wrong with it, a browser is shown on the same page.
    @POST("catalogue/{name}/reviews") func review(
        name: String,
        _ filled: FilledReviewForm,
        request: Request,
        db: Database
    ) async throws(DepotError) -> FormAnswer {
        let faults: [String]
        do {
            let draft = try filled.draft()
            _ = try await db.publish(draft, of: name)
            return .done(at: "\(PageAddress.package(name))#reviews")
        } catch let error as ValidationError {
            guard request.isFromBrowser else { throw .malformed(error) }
            faults = error.violations.map(\.fault)
        } catch let error as DepotError {
            guard case .reviewedAlready = error, request.isFromBrowser else { throw error }
            faults = ["There is a review by “\(filled.author)” already; of each author a package has one."]
        } catch {
            throw .database(DatabaseError(.other, "The review could not be read.", cause: error))
        }
        return try await DepotError.within {
            let page = try await PackagePage.load(name, form: ReviewForm(filled, faults: faults), from: db)
            return .refused(try self.templates.render("package", page))
        }
    }
}

/// What a form is answered with.
enum FormAnswer: EndpointResult {
    case done(at: String)
    /// The page with the form as it was filled in, and with what is wrong.
    case refused(HTML)

    func response(to call: Call) -> Response {
        switch self {
        case .done(let path): return Redirect(to: path).response(to: call)
        case .refused(let page):
            var response = page.response(to: call)
            response.status = .unprocessableContent
            return response
        }
    }

    static func describe(in definitions: inout Definitions) -> ResultDescription {
        Redirect.describe(in: &definitions)
    }
}

extension Request {
    /// Whether whoever asks would rather see a page than a document for programs.
    var isFromBrowser: Bool { self.headers["accept"]?.contains("text/html") ?? false }
}
