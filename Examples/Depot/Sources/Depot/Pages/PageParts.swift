// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// A piece of a text, and whether it is what was searched for.
@Schema struct Fragment: Equatable {
    var text: String
    var isMatch = false
}

/// Something with a number or a word to it.
@Schema struct Fact {
    var label: String
    var value: String
}

/// A link in a list of them.
@Schema struct PageLink {
    var label: String
    var path: String
    /// What stands behind it, such as how many there are.
    var note = ""
    var isCurrent = false
    /// Whether it stands for what is left out.
    var isGap = false
}

/// One of the values that a field of a form can have.
@Schema struct Choice {
    var value: String
    var label: String
    var isSelected = false
}

/// A field of a form whose value is chosen.
@Schema struct ChoiceField {
    var field: String
    var label: String
    var choices: [Choice]
}

/// A package in a list.
@Schema struct PackageCard {
    var name: String
    var path: String
    var version: String
    var summary: String
    /// A part of the description that has in it what was searched for.
    var snippet: [Fragment] = []
    var section: String
    var sectionPath: String
    var size: String
    var rating: RatingPart
}

/// What reviews say all together.
@Schema struct RatingPart {
    var isRated: Bool
    var stars: String
    /// Such as `4.3 of 5, 12 reviews`.
    var text: String

    init(sum: Int, count: Int) {
        self.isRated = count > 0
        let tenths = count > 0 ? (sum * 10 + count / 2) / count : 0
        let full = (tenths + 5) / 10
        self.stars = String(repeating: "★", count: full) + String(repeating: "☆", count: max(5 - full, 0))
        self.text = "\(tenths / 10).\(tenths % 10) of 5, \(count.grouped) \(count == 1 ? "review" : "reviews")"
    }
}

/// A review as a page shows it.
@Schema struct ReviewPart {
    var author: String
    var stars: String
    /// Such as `4 of 5`.
    var rating: String
    var title: String
    var text: String
    /// Such as `2026-11-24`.
    var day: String
    /// The package, where it is not the page's own.
    var packageName = ""
    var packagePath = ""
}

/// What all pages have.
@Schema struct PageFrame {
    var title: String
    /// What was searched for.
    var query = ""
    /// What is to be said above all else, such as that the catalogue is still being read.
    var notice = ""

    init(title: String, query: String = "", notice: String = "") {
        self.title = title
        self.query = query
        self.notice = notice
    }
}
