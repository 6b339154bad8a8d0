// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// Which packages are wanted, and in which order.
@Schema struct PackageFilter {
    /// Words that they are found by: the beginning of the last is enough, `"phrases"` stay together, `-words` are left
    /// out.
    @Length(...200) var q: String?
    @Length(...256) @Pattern(#"^[^\x00]*$"#) var section: String?
    var priority: Priority?
    /// What they run on.
    @Length(...256) @Pattern(#"^[^\x00]*$"#) var architecture: String?
    /// The order; by itself what fits best where there are words, the name otherwise.
    var sort: PackageOrder?
    /// The number of the page, from 1 on.
    @Range(1...100_000) var page = 1
    /// How many packages a page has.
    @Range(1...100) var size = 20

    /// The words, where there are any.
    var words: String? { self.q.flatMap { $0.contains { !$0.isWhitespace } ? $0 : nil } }

    /// What it is ordered by.
    var order: PackageOrder { self.sort ?? (self.words == nil ? .name : .relevance) }
}

/// What packages are ordered by.
@Schema enum PackageOrder: String, CaseIterable {
    /// How well they fit the words.
    case relevance
    case name
    /// What most others need first.
    case needed
    /// The best reviewed first.
    case rating
    /// The largest first.
    case size
}

extension PackageFilter {
    /// Those packages of a database, in order.
    func packages(in database: Database) -> Select<Package, Package> {
        let packages = self.selected(in: database)
        return self.words.map(packages.matching) ?? packages
    }

    /// Those packages, each with what of its description was found.
    func found(by words: String, in database: Database) -> Select<Package, (Package, Snippet)> {
        self.selected(in: database).matching(words, snippetOf: \.description)
    }

    /// Those that the filter lets pass; a search puts what fits best first where they have no order.
    private func selected(in database: Database) -> Select<Package, Package> {
        database.select(Package.self)
            .where {
                if let section { $0.sectionName == section }
                if let priority { $0.priority == priority }
                if let architecture { $0.architecture == architecture }
            }
            .order {
                if self.order == .needed { $0.dependentCount.descending() }
                if self.order == .rating { $0.ratingOrder }
                if self.order == .size { $0.installedSize.descending(nulls: .last) }
                if self.order != .relevance || self.words == nil { $0.name }
            }
    }
}
