// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// All that is known of a package.
@Schema struct PackagePage {
    var frame: PageFrame
    var name: String
    var path: String
    var summary: String
    var rating: RatingPart
    /// Whether it is a name that other packages provide, and nothing by itself.
    var isVirtual: Bool
    var facts: [Fact]
    var section: PageLink
    var homepage = ""
    var description: [DescriptionPart]
    var tags: [String]
    var dependencies: [DependencyGroup]
    var dependents: [PageLink]
    /// Such as `12 packages need it`.
    var dependentCount: String
    var versions: [VersionPart]
    var reviews: [ReviewPart]
    var form: ReviewForm
}

/// A part of a description: a paragraph, the points of a list, or lines as they are.
@Schema struct DescriptionPart {
    var paragraph = ""
    var isParagraph = false
    var points: [String] = []
    var isList = false
    var lines = ""
    var isVerbatim = false

    init(_ block: DescriptionText.Block) {
        switch block {
        case .paragraph(let text): (self.paragraph, self.isParagraph) = (text, true)
        case .list(let points): (self.points, self.isList) = (points, true)
        case .verbatim(let lines): (self.lines, self.isVerbatim) = (lines.joined(separator: "\n"), true)
        }
    }
}

/// What a package needs in one way.
@Schema struct DependencyGroup {
    /// Such as `Depends on`.
    var label: String
    var count: String
    /// Whether there are so many that they are folded.
    var isLong: Bool
    var entries: [DependencyEntry]

    init(label: String, entries: [DependencyEntry]) {
        self.label = label
        self.count = entries.count.grouped
        self.isLong = entries.count > 12
        self.entries = entries
    }
}

/// One of what is needed: a package, or another in its place.
@Schema struct DependencyEntry {
    var alternatives: [DependencyPart]
}

/// A package that will do.
@Schema struct DependencyPart {
    var targetName: String
    var targetPath: String
    /// Such as `>= 1.2`.
    var condition: String
    /// Whether others stand before it.
    var isFurther: Bool
}

/// A version of the package.
@Schema struct VersionPart {
    var number: String
    var architecture: String
    var installedSize: String
    var downloadSize: String
    var isLatest: Bool
}

/// The form of a review, with what was written in it when it is refused.
@Schema struct ReviewForm {
    var author = ""
    var reviewTitle = ""
    var text = ""
    var ratings: [Choice]
    /// What is wrong.
    var faults: [String] = []

    init(author: String = "", title: String = "", text: String = "", rating: Int = 0, faults: [String] = []) {
        self.author = author
        self.reviewTitle = title
        self.text = text
        self.ratings = (1...5).reversed().map { number in
            let word = ["Useless", "Poor", "Fair", "Good", "Excellent"][number - 1]
            return Choice(value: "\(number)", label: word, isSelected: number == rating)
        }
        self.faults = faults
    }
}
