// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Tandem

/// Reads the package index when the application starts.
///
/// The first time, and after an import that was cut off, nobody is answered before the catalogue is complete; later ones
/// run beside the requests.
final class CatalogueModule: Module {
    private let importer: @Sendable () async -> Importer
    private let database: Database
    private let running = Mutex<Task<Void, Never>?>(nil)

    init(_ database: Database, importer: @escaping @Sendable () async -> Importer) {
        self.database = database
        self.importer = importer
    }

    func build(_ routes: Routes) {}

    func start() async throws {
        guard try await self.database.catalogueState().finishedAt != nil else {
            _ = try await self.importer().run()
            return
        }
        let task = Task { [importer] in
            do {
                _ = try await importer().run()
            } catch is CancellationError {
                // The application ends; the next start goes on.
            } catch {
                Terminal.write("The package index was not read: \(error)\n")
            }
        }
        self.running.withLock { $0 = task }
    }

    func stop() async {
        guard let task = self.running.withLock({ $0 }) else { return }
        task.cancel()
        await task.value
    }
}
