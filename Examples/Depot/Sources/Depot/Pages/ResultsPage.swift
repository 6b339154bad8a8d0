// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// What a search or a section has, page by page.
@Schema struct ResultsPage {
    var frame: PageFrame
    var heading: String
    /// Such as `1 to 20 of 312 packages`.
    var count: String
    var fields: [ChoiceField]
    /// What the list is narrowed to, each with the link that gives it up.
    var narrowed: [PageLink]
    var packages: [PackageCard]
    var pager: Pager
}

/// The links to other pages of a list.
@Schema struct Pager {
    var pages: [PageLink]
    var previous = ""
    var next = ""

    /// The links of a page, counted from 1, of some: the first, the last, and those around it; none of a single page.
    init(page: Int, of count: Int, path: (Int) -> String) {
        self.pages = []
        guard count > 1 else { return }
        var last = 0
        for number in 1...count where number == 1 || number == count || abs(number - page) <= 1 {
            if number > last + 1 { self.pages.append(PageLink(label: "…", path: "", isGap: true)) }
            self.pages.append(PageLink(label: "\(number.grouped)", path: path(number), isCurrent: number == page))
            last = number
        }
        if page > 1 { self.previous = path(page - 1) }
        if page < count { self.next = path(page + 1) }
    }
}
