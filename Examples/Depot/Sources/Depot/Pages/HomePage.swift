// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// The first page: a search, the sections, and what others think well of.
@Schema struct HomePage {
    var frame: PageFrame
    var totals: [Fact]
    var sections: [PageLink]
    var mostReviewed: [PackageCard]
    var latestReviews: [ReviewPart]
    /// What most others need.
    var mostNeeded: [PackageCard]
}

extension HomePage {
    /// The page of a catalogue as it is now.
    static func load(from db: Database) async throws -> HomePage {
        let state = try await db.catalogueState()
        let sections = try await db.select(Section.self).order { $0.name }.all()
        let reviewed = try await db.select(Package.self)
            .where { $0.reviewCount > 0 }
            .order {
                $0.reviewCount.descending()
                $0.ratingSum.descending()
                $0.name
            }
            .limit(4)
            .all()
        let reviews = try await db.select(Review.self)
            .order {
                $0.createdAt.descending()
                $0.id.descending()
            }
            .limit(3)
            .all()
        let needed = try await db.select(Package.self)
            .order {
                $0.dependentCount.descending()
                $0.name
            }
            .limit(6)
            .all()
        return HomePage(
            frame: PageFrame(title: "Depot", notice: state.notice),
            totals: [
                Fact(label: "packages", value: state.packageCount.grouped),
                Fact(label: "sections", value: sections.count.grouped),
                Fact(label: "dependencies", value: state.dependencyCount.grouped),
                Fact(label: "reviews", value: try await db.select(Review.self).count().grouped),
            ],
            sections: sections.map {
                PageLink(label: $0.name, path: PageAddress.section($0.name), note: $0.packageCount.grouped)
            },
            mostReviewed: reviewed.map { PackageCard($0) },
            latestReviews: reviews.map { ReviewPart($0, isElsewhere: true) },
            mostNeeded: needed.map { PackageCard($0) }
        )
    }
}
