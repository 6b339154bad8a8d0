// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// What the catalogue has already, and which of it an import has met.
struct KnownCatalogue {
    /// The fingerprints of the records that packages were made from, by their names.
    private var packages: [String: Int64]
    /// The fingerprints of versions.
    private var versions: [PackageVersion.ID: Int64]
    /// The latest versions that were met, by the names of packages.
    private var latest: [String: DebianVersion] = [:]
    private var seenVersions: Set<PackageVersion.ID> = []
    private var sections: Set<String>
    private(set) var architectures: Set<String> = []

    /// What a database has.
    init(_ database: Database) async throws {
        let packages = try await database.select(Package.self).columns {
            $0.name
            $0.fingerprint
        }.all()
        self.packages = Dictionary(packages, uniquingKeysWith: { first, _ in first })
        let versions = try await database.select(PackageVersion.self).columns {
            $0.packageName
            $0.number
            $0.architecture
            $0.fingerprint
        }.all()
        self.versions = Dictionary(minimumCapacity: versions.count)
        for (name, number, architecture, fingerprint) in versions {
            let id = PackageVersion.ID(packageName: name, number: number, architecture: architecture)
            self.versions[id] = fingerprint
        }
        self.sections = Set(try await database.select(Section.self).columns { $0.name }.all())
    }

    /// How many packages were met.
    var seenCount: Int { self.latest.count }

    /// Takes a record, and puts into a batch what it says that is not known.
    mutating func take(_ record: PackageRecord, into batch: inout CatalogueBatch) {
        let version = record.packageVersion
        self.architectures.insert(record.architecture)
        self.seenVersions.insert(version.id)
        if self.sections.insert(record.section).inserted { batch.sections.append(Section(name: record.section)) }
        // Of several versions the latest describes the package, of those that are alike the first.
        if let number = DebianVersion(record.version), self.latest[record.name].map({ $0 < number }) ?? true {
            self.latest[record.name] = number
            let former = self.packages.updateValue(record.fingerprint, forKey: record.name)
            if former != record.fingerprint { batch.add(record, isNew: former == nil) }
        }
        let former = self.versions.updateValue(record.fingerprint, forKey: version.id)
        if former != record.fingerprint { batch.add(version, isNew: former == nil) }
    }

    /// Removes the versions that were not met, and packages without any but those that somebody has reviewed.
    ///
    /// - Returns: How many packages were removed.
    func removeUnseen(from database: Database) async throws -> Int {
        for id in self.versions.keys where !self.seenVersions.contains(id) {
            try await database.delete(PackageVersion.self, id)
        }
        let gone = self.packages.keys.filter { self.latest[$0] == nil }
        guard !gone.isEmpty else { return 0 }
        return try await database.delete(Package.self).where {
            $0.name.isIn(gone)
            $0.reviewCount == 0
        }.run()
    }
}
