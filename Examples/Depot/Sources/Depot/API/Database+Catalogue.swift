// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

// What both the API and the pages ask of the catalogue.
extension Database {
    /// The package of a name.
    func package(_ name: String) async throws(DepotError) -> Package {
        let package = try await DepotError.within { try await self.first(Package.self, name) }
        guard let package else { throw .noSuchPackage }
        return package
    }

    /// The versions of a package, the latest first.
    func versions(of package: Package) async throws(DepotError) -> [PackageVersion] {
        let versions = try await DepotError.within {
            try await self.select(PackageVersion.self).where { $0.packageName == package.name }.all()
        }
        // In dpkg's order, which no database knows.
        return versions.map { (version: $0, number: DebianVersion($0.number)) }
            .sorted { left, right in
                guard let first = left.number, let second = right.number, first != second else {
                    return left.version.architecture < right.version.architecture
                }
                return first > second
            }
            .map(\.version)
    }

    /// What needs the package of a name in some ways.
    func dependents(
        of name: String,
        _ kinds: [DependencyKind]
    ) -> Select<PackageDependency, PackageDependency> {
        self.select(PackageDependency.self)
            .where {
                $0.targetName == name
                $0.kind.isIn(kinds)
            }
            .order {
                $0.packageName
                $0.position
                $0.alternative
            }
    }

    /// The reviews of a package, the newest first.
    func reviews(of package: Package) -> Select<Review, Review> {
        self.select(Review.self)
            .where { $0.packageName == package.name }
            .order {
                $0.createdAt.descending()
                $0.id.descending()
            }
    }

    /// Publishes a review, unless its author has written one of the package already.
    func publish(_ draft: ReviewDraft, of name: String) async throws(DepotError) -> Review {
        _ = try await self.package(name)
        do {
            return try await DepotError.within {
                try await self.transaction { db in
                    let review = try await db.insert(
                        Review.Draft(
                            packageName: name,
                            author: draft.author.trimmed,
                            rating: draft.rating,
                            title: draft.title.trimmed,
                            text: draft.text.trimmed
                        )
                    )
                    try await db.update(Package.self)
                        .set(\.reviewCount) { $0.reviewCount + 1 }
                        .set(\.ratingSum) { $0.ratingSum + draft.rating }
                        .set(\.ratingOrder) { ($0.ratingSum + draft.rating) * -1_000_000 / ($0.reviewCount + 1) }
                        .where { $0.name == name }
                        .run()
                    return review
                }
            }
        } catch {
            guard case .database(let cause) = error else { throw error }
            switch cause.code {
            case .uniqueViolation: throw .reviewedAlready
            // It was removed meanwhile.
            case .foreignKeyViolation: throw .noSuchPackage
            default: throw error
            }
        }
    }
}

extension String {
    /// Without the spaces around it.
    fileprivate var trimmed: String {
        guard let first = self.firstIndex(where: { !$0.isWhitespace }),
            let last = self.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
