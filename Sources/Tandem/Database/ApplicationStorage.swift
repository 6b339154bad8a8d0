// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemData

/// The application's database, from its first use to the end of the application.
struct ApplicationStorage: Sendable {
    let database: Database
    let migrator: Migrator
    /// Whether migrations are applied when the application starts.
    let migratesAtStart: Bool
}

/// Opens the database before anything else starts, and closes it after everything else has ended.
struct StorageModule: Module {
    let storage: ApplicationStorage

    func build(_ routes: Routes) {}

    func start() async throws {
        try await self.storage.database.open()
        if self.storage.migratesAtStart { try await self.storage.migrator.up() }
    }

    func stop() async { await self.storage.database.close() }
}
