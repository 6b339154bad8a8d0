// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Tandem

/// How far the catalogue is: the one row of its table.
///
/// An import begins by saying so here and ends by it, so that one which was cut off is gone on with.
@Model("catalogue_state") struct CatalogueState: Equatable {
    @ID var name: String
    /// The state of the index that the catalogue was last made from, or is being made from.
    var indexFingerprint: String = ""
    var startedAt: Date = .now
    /// When that was complete; missing as long as it is not.
    var finishedAt: Date?
    var packageCount: Int = 0
    var dependencyCount: Int = 0
    /// The architectures that packages are for.
    var architectures: [String] = []

    static let rowName = "catalogue"
}

extension Database {
    /// How far the catalogue is; new where nothing was ever read into it.
    func catalogueState() async throws -> CatalogueState {
        try await self.first(CatalogueState.self, CatalogueState.rowName)
            ?? CatalogueState(name: CatalogueState.rowName)
    }
}
