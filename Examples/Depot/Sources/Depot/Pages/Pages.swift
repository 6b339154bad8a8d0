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
}

extension Request {
    /// Whether whoever asks would rather see a page than a document for programs.
    var isFromBrowser: Bool { self.headers["accept"]?.contains("text/html") ?? false }
}
