// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// The packages of the catalogue.
@API("/packages") struct Packages {
    /// List packages: all, or those that are searched for.
    @GET func list(filter: Query<PackageFilter>, db: Database) async throws(DepotError) -> Paged<ListedPackage> {
        try await DepotError.within {
            let page = Page(filter.page, size: filter.size)
            return try await filter.value.packages(in: db).with(\.section).page(page).map(ListedPackage.init)
        }
    }

    /// Fetch one package.
    @GET("{name}") func get(name: String, db: Database) async throws(DepotError) -> Package {
        try await db.package(name)
    }

    /// List the versions of a package, the latest first.
    @GET("{name}/versions") func versions(name: String, db: Database) async throws(DepotError) -> [PackageVersion] {
        try await db.versions(of: db.package(name))
    }

    /// List what a package needs, or gets along with.
    ///
    /// Those of one position do instead of each other.
    @GET("{name}/dependencies") func dependencies(
        name: String,
        kind: DependencyKind? = nil,
        db: Database
    ) async throws(DepotError) -> [PackageDependency] {
        let package = try await db.package(name)
        return try await DepotError.within {
            try await db.select(PackageDependency.self)
                .where {
                    $0.packageName == package.name
                    if let kind { $0.kind == kind }
                }
                .order {
                    $0.position
                    $0.alternative
                }
                .all()
        }
    }

    /// List what needs a package, or gets along with it: a name that others provide can be asked for too.
    @GET("{name}/dependents") func dependents(
        name: String,
        kind: DependencyKind? = nil,
        page: Query<Page> = Query(.first),
        db: Database
    ) async throws(DepotError) -> Paged<PackageDependency> {
        try await DepotError.within {
            try await db.dependents(of: name, kind.map { [$0] } ?? DependencyKind.allCases).page(page.value)
        }
    }

    /// List the reviews of a package, the newest first.
    @GET("{name}/reviews") func reviews(
        name: String,
        page: Query<Page> = Query(.first),
        db: Database
    ) async throws(DepotError) -> Paged<Review> {
        let package = try await db.package(name)
        return try await DepotError.within { try await db.reviews(of: package).page(page.value) }
    }

    /// Review a package.
    @POST("{name}/reviews") func review(
        name: String,
        _ draft: ReviewDraft,
        db: Database
    ) async throws(DepotError) -> Created<Review> {
        Created(try await db.publish(draft, of: name), at: "/packages/\(name)/reviews")
    }
}
