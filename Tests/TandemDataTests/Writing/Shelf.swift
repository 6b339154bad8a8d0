// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemSchema

@testable import TandemData

/// A box on a shelf: a model with everything that writing has to take care of.
@Model("boxes") struct Box: Equatable {
    @ID var id: Int64
    @Unique var label: String
    @Check("count >= 0") var count: Int = 0
    var note: String?
    var kind: Kind = .wood
    @Version var version: Int = 0
    @Touched var changedAt: Date = Date(timeIntervalSince1970: 0)

    @Schema enum Kind { case wood, paper }
}

extension Box.Draft {
    mutating func willInsert() throws {
        self.label = self.label.lowercased()
        if self.label == "forbidden" { throw Refused() }
    }

    struct Refused: Error {}
}

extension Box {
    mutating func willUpdate() throws {
        self.label = self.label.lowercased()
    }
}

/// What is in a box, in its place there.
@Model("items") struct Item: Equatable {
    @ID @Reference(Box.self, onDelete: .cascade) var boxID: Box.ID
    @ID var place: Int
    var name: String
}

extension TestDatabase {
    /// Runs a test on a database with the two tables, empty.
    func shelf(_ test: (Database) async throws -> Void) async throws {
        try await self.run { db in
            try await db.createTables(for: [Box.self, Item.self])
            try await test(db)
        }
    }
}
