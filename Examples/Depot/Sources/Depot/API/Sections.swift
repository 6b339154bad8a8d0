// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// What packages are for.
@API("/sections") struct Sections {
    /// List the sections by their names.
    @GET func list(db: Database) async throws(DepotError) -> [Section] {
        try await DepotError.within { try await db.select(Section.self).order { $0.name }.all() }
    }

    /// Fetch one section.
    @GET("{name}") func get(name: String, db: Database) async throws(DepotError) -> Section {
        let section = try await DepotError.within { try await db.first(Section.self, name) }
        guard let section else { throw .noSuchSection }
        return section
    }
}
