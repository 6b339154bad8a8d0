// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem
import TandemHTML

/// Shows browsers a page in place of a problem document; failures of ours stay what they are, and are in the log.
struct ErrorPages: Middleware {
    let templates: Templates

    func respond(to request: Request, next: Next) async throws -> Response {
        do {
            return try await next(request)
        } catch {
            guard let page = try self.page(for: error, to: request) else { throw error }
            return page
        }
    }

    func respondImmediately(to request: Request, next: Next) throws -> Response? {
        do {
            return try next.immediately(request)
        } catch {
            guard let page = try self.page(for: error, to: request) else { throw error }
            return page
        }
    }

    private func page(for error: any Error, to request: Request) throws -> Response? {
        let problem = (error as? any ProblemError)?.problem ?? HTTPError(answering: error)
        guard request.isFromBrowser, (400..<500).contains(problem.status.code) else { return nil }
        let heading = problem.status == .notFound ? "There is no such page" : "That did not work"
        let page = ErrorPage(
            frame: PageFrame(title: "\(heading) · Depot"),
            status: Int(problem.status.code),
            heading: heading,
            message: problem.detail ?? problem.status.phrase
        )
        let html = try self.templates.render("error", page)
        var headers = problem.headers
        headers.add("content-type", "text/html; charset=utf-8")
        return Response(status: problem.status, headers: headers, body: .bytes(Bytes(html.text)))
    }
}
