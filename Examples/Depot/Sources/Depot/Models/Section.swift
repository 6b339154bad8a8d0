// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// What packages are for: `games`, `web`.
@Model("sections") struct Section: Equatable {
    @ID @Example("games") var name: String
    /// How many packages are in it.
    var packageCount: Int = 0
}

extension Section.Columns {
    /// The packages that are in it.
    var packages: Children<Section, Package> { Children(self, by: \.sectionName) }
}
