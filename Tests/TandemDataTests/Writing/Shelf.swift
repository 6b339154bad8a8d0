// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemSchema

@testable import TandemData

/// A box on a shelf: a model with everything that writing has to take care of.
@Model("boxes") struct Box: Equatable {
    @ID var id: Int64
    @Unique var label: String
    var count: Int = 0
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

/// A database in memory with the two tables, empty.
func shelf() async throws -> Database {
    let db = try Database(url: "sqlite::memory:")
    let statements = [
        """
        CREATE TABLE boxes (id INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT NOT NULL UNIQUE, \
        count INTEGER NOT NULL DEFAULT 0 CHECK (count >= 0), note TEXT, kind TEXT NOT NULL, \
        version INTEGER NOT NULL, changed_at TEXT NOT NULL) STRICT
        """,
        """
        CREATE TABLE items (box_id INTEGER NOT NULL REFERENCES boxes ON DELETE CASCADE, place INTEGER NOT NULL, \
        name TEXT NOT NULL, PRIMARY KEY (box_id, place)) STRICT
        """,
    ]
    for text in statements { try await db.run(Statement(text, access: .write)) }
    return db
}
