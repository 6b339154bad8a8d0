// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemSchema

/// That a migration was applied: a row of the table `tandem_migrations`.
@Model("tandem_migrations") struct AppliedMigration: Hashable {
    @ID var name: String
    /// What tells whether the file was changed since.
    var checksum: String
    var appliedAt: Date
}
