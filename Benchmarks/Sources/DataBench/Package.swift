// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemData
import TandemSchema

/// The part of the catalogue that a package is in.
@Model("sections") struct Section {
    @ID var id: Int64
    @Unique var name: String
}

/// A package of the catalogue.
@Model("packages") struct Package {
    @ID var id: Int64
    @Unique var name: String
    var version: String
    @Reference(Section.self) var sectionID: Section.ID
    var priority: Priority
    var size: Int
    var installed: Int?
    var essential: Bool
    var score: Double
    var summary: String

    @Schema enum Priority { case required, important, standard, optional, extra }
}

/// What somebody thinks of a package.
@Model("reviews") struct Review {
    @ID var id: Int64
    @Reference(Package.self) var packageID: Package.ID
    var author: String
    @Range(1...5) var stars: Int
}
