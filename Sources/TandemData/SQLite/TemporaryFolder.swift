// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// A folder that nobody else can look into, and that is gone with its owner.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID().uuidString.lowercased())")
        self.path = folder.path
        do {
            try FileManager.default.createDirectory(
                atPath: self.path,
                withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw DatabaseError(.storage, "The folder of a database in memory cannot be made.", cause: error)
        }
    }

    deinit { self.remove() }

    /// Removes the folder and all in it.
    func remove() {
        // Where another has removed it, there is nothing left to do.
        try? FileManager.default.removeItem(atPath: self.path)
    }
}
