// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// A piece of software, as the latest of its versions describes it.
@Model("packages")
@FullText("name", "summary", "description")
@Index("reviewCount", "ratingSum")
@Index("ratingOrder", "name")
@Index("sectionName", "name")
@Index("priority", "name")
struct Package: Equatable {
    /// Its name, which no other has.
    @ID @Example("0ad") var name: String
    /// What it is, in one line.
    var summary: String
    /// What there is to say of it: paragraphs with empty lines between them.
    var description: String
    @Reference(Section.self, as: "section") var sectionName: Section.ID
    var priority: Priority
    @Index var architecture: String
    /// The latest version.
    var version: String
    /// Who looks after it.
    var maintainer: String
    var homepage: String?
    /// What it is about, by Debian's words: `use::editing`.
    var tags: [String]
    /// What it takes when it is installed, in bytes.
    @Index var installedSize: Int64?
    /// What has to be fetched, in bytes.
    var downloadSize: Int64?
    /// How many packages cannot do without it.
    @Index var dependentCount: Int = 0
    var reviewCount: Int = 0
    /// The mean of the reviews' ratings, from 1 to 5.
    @Generated("CASE WHEN review_count > 0 THEN rating_sum * 1.0 / review_count END") var rating: Double?
    @Hidden var ratingSum: Int = 0
    /// What the best reviewed are first by, and others last: the mean in millionths below zero, as indexes ascend.
    @Hidden var ratingOrder: Int = 0
    /// What tells the record that it was made from, so that only what has changed is written again.
    @Hidden var fingerprint: Int64 = 0
}

extension Package.Columns {
    var versions: Children<Package, PackageVersion> { Children(self, by: \.packageName) }
    var dependencies: Children<Package, PackageDependency> { Children(self, by: \.packageName) }
    var reviews: Children<Package, Review> { Children(self, by: \.packageName) }
}
