// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

extension ResultsPage {
    /// What a filter finds in a catalogue.
    static func load(_ filter: PackageFilter, from db: Database) async throws -> ResultsPage {
        let state = try await db.catalogueState()
        let sections = try await db.select(Section.self).order { $0.name }.all()
        let page = Page(filter.page, size: filter.size)
        let cards: Paged<PackageCard> =
            if let words = filter.words {
                try await filter.found(by: words, in: db).page(page).map { PackageCard($0, $1) }
            } else {
                try await filter.packages(in: db).page(page).map { PackageCard($0) }
            }
        let heading = filter.words.map { "Found for “\($0)”" } ?? filter.section ?? "All packages"
        return ResultsPage(
            frame: PageFrame(title: "\(heading) · Depot", query: filter.q ?? "", notice: state.notice),
            heading: heading,
            count: Self.count(of: cards),
            fields: Self.fields(filter, sections, state.architectures),
            narrowed: Self.narrowed(filter),
            packages: cards.items,
            pager: Pager(page: filter.page, of: max(cards.pages, 1)) { page in filter.path { $0.page = page } }
        )
    }

    private static func count(of cards: Paged<PackageCard>) -> String {
        guard let first = cards.items.indices.first else { return "No packages" }
        let start = (cards.page - 1) * cards.size + 1
        if cards.total == 1 { return "1 package" }
        return
            "\((start + first).grouped) to \((start + cards.items.count - 1).grouped) of \(cards.total.grouped) packages"
    }

    private static func fields(
        _ filter: PackageFilter,
        _ sections: [Section],
        _ architectures: [String]
    ) -> [ChoiceField] {
        func choices(_ any: String, _ values: [(String, String)], _ selected: String?) -> [Choice] {
            [Choice(value: "", label: any, isSelected: selected == nil)]
                + values.map { Choice(value: $0.0, label: $0.1, isSelected: $0.0 == selected) }
        }
        let orders = PackageOrder.allCases.filter { $0 != .relevance || filter.words != nil }
        return [
            ChoiceField(
                field: "section",
                label: "Section",
                choices: choices(
                    "All",
                    sections.map { ($0.name, "\($0.name) (\($0.packageCount.grouped))") },
                    filter.section
                )
            ),
            ChoiceField(
                field: "priority",
                label: "Priority",
                choices: choices("Any", Priority.allCases.map { ($0.rawValue, $0.rawValue) }, filter.priority?.rawValue)
            ),
            ChoiceField(
                field: "architecture",
                label: "Architecture",
                choices: choices("Any", architectures.map { ($0, $0) }, filter.architecture)
            ),
            ChoiceField(
                field: "sort",
                label: "Sorted by",
                choices: orders.map { Choice(value: $0.rawValue, label: $0.label, isSelected: $0 == filter.order) }
            ),
        ]
    }

    private static func narrowed(_ filter: PackageFilter) -> [PageLink] {
        var links: [PageLink] = []
        if let section = filter.section {
            links.append(PageLink(label: section, path: filter.path { $0.section = nil }))
        }
        if let priority = filter.priority {
            links.append(PageLink(label: priority.rawValue, path: filter.path { $0.priority = nil }))
        }
        if let architecture = filter.architecture {
            links.append(PageLink(label: architecture, path: filter.path { $0.architecture = nil }))
        }
        return links
    }
}

extension PackageFilter {
    /// The address of the same list with something else asked for; on its first page unless that says another.
    func path(_ change: (inout PackageFilter) -> Void) -> String {
        var filter = self
        filter.page = 1
        change(&filter)
        return PageAddress.catalogue([
            "q": filter.q ?? "", "section": filter.section ?? "", "priority": filter.priority?.rawValue ?? "",
            "architecture": filter.architecture ?? "", "sort": filter.sort?.rawValue ?? "",
            "page": filter.page > 1 ? "\(filter.page)" : "", "size": filter.size == 20 ? "" : "\(filter.size)",
        ])
    }
}

extension PackageOrder {
    /// What people call it.
    fileprivate var label: String {
        switch self {
        case .relevance: "Best match"
        case .name: "Name"
        case .needed: "Most needed"
        case .rating: "Best reviewed"
        case .size: "Largest"
        }
    }
}
