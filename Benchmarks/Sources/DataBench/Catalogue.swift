// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemData
import TandemSchema

/// The packages, one by its name and in pages of twenty.
@API("/packages") struct Packages {
    let db: Database

    @GET func list(page: Int = 1) async throws -> [ListedPackage] {
        try await self.db.select(Package.self)
            .with(\.section)
            .order { $0.id }
            .limit(20)
            .offset((page - 1) * 20)
            .all()
            .map { ListedPackage($0, $1) }
    }

    @GET("{name}") func get(name: String) async throws -> Package {
        try await self.db.select(Package.self).where { $0.name == name }.one()
    }
}

/// What people think of packages.
@API("/reviews") struct Reviews {
    let db: Database

    @POST func add(_ draft: Review.Draft) async throws -> Review { try await self.db.insert(draft) }
}
