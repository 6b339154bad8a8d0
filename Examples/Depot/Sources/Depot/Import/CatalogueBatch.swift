// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// What one transaction of an import writes.
struct CatalogueBatch {
    var sections: [Section] = []
    /// By their names, so that the last one of several counts.
    private var packages: [String: (record: PackageRecord, isNew: Bool)] = [:]
    private var versions: [(version: PackageVersion, isNew: Bool)] = []

    mutating func add(_ record: PackageRecord, isNew: Bool) {
        let wasNew = self.packages[record.name]?.isNew ?? false
        self.packages[record.name] = (record, isNew || wasNew)
    }

    mutating func add(_ version: PackageVersion, isNew: Bool) {
        self.versions.append((version, isNew))
    }

    func isLarger(than size: Int) -> Bool { self.packages.count >= size || self.versions.count >= 2 * size }

    /// Writes it, all or nothing.
    ///
    /// - Returns: How many packages were written.
    func write(to database: Database) async throws -> Int {
        guard !self.packages.isEmpty || !self.versions.isEmpty || !self.sections.isEmpty else { return 0 }
        do {
            try await database.transaction { try await self.write(in: $0, expectingOthers: false) }
        } catch let error as DatabaseError where error.code == .uniqueViolation {
            // Another server imports at the same time: what is new to this one is not to the database.
            try await database.transaction { try await self.write(in: $0, expectingOthers: true) }
        }
        return self.packages.count
    }

    private func write(in database: Database, expectingOthers: Bool) async throws {
        // In the order of their names, which is the order on disk.
        let packages = self.packages.values.sorted { $0.record.name < $1.record.name }
        let (fresh, changed) = packages.split { $0.isNew && !expectingOthers }
        if !self.sections.isEmpty { try await database.insert(self.sections, onConflict: .ignore) }
        if !changed.isEmpty {
            let names = changed.map(\.record.name)
            try await database.delete(PackageDependency.self).where { $0.packageName.isIn(names) }.run()
            try await database.insert(changed.map(\.record.package), onConflict: Self.replacement)
        }
        try await database.insertAll(fresh.map(\.record.package))
        let (freshVersions, changedVersions) = self.versions.split { $0.isNew && !expectingOthers }
        try await database.insertAll(freshVersions.map(\.version))
        for (version, _) in changedVersions {
            try await database.insert(
                version,
                onConflict: .update(on: \.packageName, \.number, \.architecture)
            )
        }
        try await database.insertAll(packages.flatMap(\.record.packageDependencies))
    }

    /// A package that is there gets what the record says, and keeps what is counted.
    private static let replacement = Conflict<Package>.update(
        on: \.name,
        taking: [
            \.summary, \.description, \.sectionName, \.priority, \.architecture, \.version, \.maintainer, \.homepage,
            \.tags, \.installedSize, \.downloadSize, \.fingerprint,
        ]
    )
}

extension Sequence {
    /// Those that a condition is true of, and the others.
    fileprivate func split(by condition: (Element) -> Bool) -> (matching: [Element], others: [Element]) {
        var (matching, others): ([Element], [Element]) = ([], [])
        for element in self {
            if condition(element) { matching.append(element) } else { others.append(element) }
        }
        return (matching, others)
    }
}
