// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Tandem

/// Brings the catalogue to what an index says: what is new or has changed is written, what is gone is removed.
///
/// It works in small transactions and can be killed at any moment: the row of ``CatalogueState`` is unfinished then, and
/// the next run passes over all that was written already.
struct Importer: Sendable {
    let database: Database
    let index: PackageIndex
    /// How many packages a transaction writes.
    var batchSize = 1_000
    /// Where the progress is shown.
    var progress: @Sendable (Int?) -> ProgressBar = { ProgressBar("Reading the package index", total: $0) }

    /// What an import did.
    struct Report: Equatable, CustomStringConvertible {
        var packages = 0
        var written = 0
        var removed = 0
        /// Stanzas that were no record.
        var refused = 0

        var description: String {
            "\(self.packages.grouped) packages, \(self.written.grouped) new or changed, \(self.removed.grouped) gone"
        }
    }

    /// Imports the index, unless the catalogue was made of it as it is now.
    ///
    /// - Returns: What was done; `nil` where there was nothing to do.
    func run() async throws -> Report? {
        let fingerprint = try await self.index.fingerprint()
        // Who is cancelled may have seen half of the index, and is not to begin anew what is complete.
        try Task.checkCancellation()
        var state = try await self.database.catalogueState()
        guard state.indexFingerprint != fingerprint || state.finishedAt == nil else { return nil }
        state.indexFingerprint = fingerprint
        state.startedAt = .now
        state.finishedAt = nil
        try await self.database.insert(state, onConflict: .update(on: \.name))

        var bar = self.progress(try? await self.index.count())
        var known = try await KnownCatalogue(self.database)
        var report = Report()
        var batch = CatalogueBatch()
        report.refused = try await self.index.forEach { record in
            known.take(record, into: &batch)
            report.packages += 1
            guard batch.isLarger(than: self.batchSize) else { return bar.update(report.packages) }
            report.written += try await batch.write(to: self.database)
            batch = CatalogueBatch()
            try Task.checkCancellation()
            bar.update(report.packages)
        }
        report.written += try await batch.write(to: self.database)
        report.packages = known.seenCount
        report.removed = try await self.finish(known, &state)
        bar.finish("\(report)")
        return report
    }

    /// Removes what is gone, counts what belongs together, and says that the catalogue is complete: all or nothing.
    private func finish(_ known: KnownCatalogue, _ state: inout CatalogueState) async throws -> Int {
        state.finishedAt = .now
        state.packageCount = known.seenCount
        state.architectures = known.architectures.sorted()
        let finished = state
        return try await self.database.transaction { db in
            let removed = try await known.removeUnseen(from: db)
            try await CatalogueCounts.update(in: db)
            var finished = finished
            finished.dependencyCount = try await db.select(PackageDependency.self).count()
            try await db.update(finished)
            return removed
        }
    }
}
