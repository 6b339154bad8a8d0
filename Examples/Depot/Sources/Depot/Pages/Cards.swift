// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Tandem

extension PackageCard {
    init(_ package: Package, _ snippet: Snippet? = nil) {
        self.init(
            name: package.name,
            path: PageAddress.package(package.name),
            version: package.version,
            summary: package.summary,
            snippet: snippet?.parts.map { Fragment(text: $0.text, isMatch: $0.isMatch) } ?? [],
            section: package.sectionName,
            sectionPath: PageAddress.section(package.sectionName),
            size: package.installedSize?.asSize ?? "",
            rating: RatingPart(sum: package.ratingSum, count: package.reviewCount)
        )
    }
}

extension ReviewPart {
    /// A review on its package's page, or elsewhere with a link to it.
    init(_ review: Review, isElsewhere: Bool = false) {
        self.init(
            author: review.author,
            stars: RatingPart(sum: review.rating, count: 1).stars,
            rating: "\(review.rating) of 5",
            title: review.title,
            text: review.text,
            day: String(review.createdAt.formatted(.iso8601.year().month().day())),
            packageName: isElsewhere ? review.packageName : "",
            packagePath: isElsewhere ? PageAddress.package(review.packageName) : ""
        )
    }
}

extension CatalogueState {
    /// What people are told while the catalogue is not complete.
    var notice: String {
        self.finishedAt == nil ? "The catalogue is being read; some of it is not here yet." : ""
    }
}
