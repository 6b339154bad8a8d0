// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem
import TandemHTML

/// Takes the form of a package's page: a review is published, or the page is shown again with what is wrong.
///
/// It is for browsers, and no document has it; programs post to the API.
struct ReviewDesk: Sendable {
    let templates: Templates

    /// The endpoint that the form is sent to.
    func endpoint() -> Endpoint {
        Endpoint(
            .post,
            "/catalogue/{name}/reviews",
            name: "reviewByForm",
            source: SourcePlace(),
            describe: { definitions in
                var operation = Operation("reviewByForm", result: Redirect.describe(in: &definitions))
                operation.isDocumented = false
                return operation
            },
            respond: { call in
                let form = try await call.body(FilledReviewForm.self)
                return try await self.take(form, of: try call.path("name", as: String.self), for: call)
            }
        )
    }

    private func take(_ form: FilledReviewForm, of name: String, for call: Call) async throws -> Response {
        let db = try await call.dependency(Database.self)
        let faults: [String]
        do {
            _ = try await db.publish(try form.draft(), of: name)
            return Redirect(to: "\(PageAddress.package(name))#reviews").response(to: call)
        } catch let error as ValidationError {
            faults = error.violations.map(\.fault)
        } catch DepotError.reviewedAlready {
            faults = ["There is a review by “\(form.author)” already; of each author a package has one."]
        }
        let page = try await PackagePage.load(name, form: ReviewForm(form, faults: faults), from: db)
        var response = try self.templates.render("package", page).response(to: call)
        response.status = .unprocessableContent
        return response
    }
}
