// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// What has become of a migration.
public struct MigrationStatus: Hashable, Sendable {
    /// Its name: `0002_add_priority`.
    public let name: String
    /// What has become of it.
    public let state: State
    /// Where it is not applied yet: what rows that are there lose by it, and what in them may stop it.
    public var warnings: [String] = []

    /// What can become of a migration.
    public enum State: Hashable, Sendable {
        /// Its file is there, and it was not applied yet.
        case pending
        /// It was applied at that time.
        case applied(Date)
        /// It was applied, and its file changed afterwards.
        case changed
        /// It was applied, and its file is gone.
        case missing

        var isApplied: Bool { if case .applied = self { true } else { false } }
    }

    /// What is wrong with that, if anything is.
    var finding: String? {
        switch self.state {
        case .pending: "\(self.name) is not applied: migrate up."
        case .applied: nil
        case .changed: "\(self.name) was changed after it was applied: put it back, and make another."
        case .missing: "\(self.name) is applied, and its file is gone: put it back."
        }
    }
}
