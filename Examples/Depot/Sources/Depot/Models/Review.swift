// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Tandem

/// What somebody thinks of a package.
@Model("reviews")
@Unique("packageName", "author")
@Index("createdAt")
@Check("rating BETWEEN 1 AND 5")
struct Review: Equatable {
    @ID var id: Int64
    @Reference(Package.self, onDelete: .cascade, as: "package") var packageName: Package.ID
    var author: String
    var rating: Int
    var title: String
    var text: String
    var createdAt: Date = .now
}

/// A review that is to be published, of which each author has one for a package: no text may be blank, nor
/// hold the one character that PostgreSQL cannot keep.
@Schema struct ReviewDraft {
    /// Who writes it.
    @Length(1...80) @Pattern(#"^[^\x00]*[^\s\x00][^\x00]*$"#) @Example("Ada") var author: String
    /// From useless to excellent.
    @Range(1...5) var rating: Int
    /// What it comes to, in one line.
    @Length(1...120) @Pattern(#"^[^\x00]*[^\s\x00][^\x00]*$"#) @Example("Does what it says") var title: String
    /// All there is to say.
    @Length(1...5_000) @Pattern(#"^[^\x00]*[^\s\x00][^\x00]*$"#) @Example("Starts quickly, and never loses a page.")
    var text: String
}
