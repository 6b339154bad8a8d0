// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem
import Testing

@testable import Depot

@Suite("The catalogue becomes what the index says")
struct ImporterTests {
    private let file: IndexFile
    private let db: Database

    init() async throws {
        self.file = try IndexFile()
        self.db = try Database(url: "sqlite::memory:")
        try await self.db.createTables(for: Self.models)
    }

    static let models: [any Model.Type] = [
        Section.self, Package.self, PackageVersion.self, PackageDependency.self, Review.self, CatalogueState.self,
    ]

    /// Imports a text.
    private func take(_ text: String, batchSize: Int = 100) async throws -> Importer.Report? {
        try self.file.write(text)
        return try await self.importer(batchSize: batchSize).run()
    }

    private func importer(batchSize: Int = 100) -> Importer {
        var importer = Importer(database: self.db, index: self.file.index)
        importer.batchSize = batchSize
        importer.progress = { ProgressBar("", total: $0, columns: nil, write: { _ in }) }
        return importer
    }

    private func version(of name: String) async throws -> String? {
        try await self.db.first(Package.self, name)?.version
    }

    @Test("All of it is there once, with what belongs together counted")
    func first() async throws {
        let report = try #require(try await self.take(IndexFile.packages(250)))
        #expect(report == Importer.Report(packages: 250, written: 250))
        #expect(try await self.importer().run() == nil)
        #expect(try await self.db.select(Package.self).count() == 250)
        #expect(try await self.db.find(Section.self, "tests").packageCount == 250)
        #expect(try await self.db.find(Package.self, "package-7").dependentCount == 1)
        #expect(try await self.db.find(Package.self, "package-249").dependentCount == 0)
        let state = try await self.db.catalogueState()
        #expect(state.packageCount == 250 && state.dependencyCount == 249 && state.architectures == ["amd64"])
        #expect(state.finishedAt != nil)
    }

    @Test("An import that is cancelled before it begins leaves the catalogue complete")
    func cancelled() async throws {
        _ = try await self.take(IndexFile.packages(20))
        try self.file.write(IndexFile.packages(30))
        let importer = self.importer()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await importer.run()
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await self.db.catalogueState().finishedAt != nil)
    }

    @Test("Only what has changed is written again; its reviews stay")
    func changed() async throws {
        _ = try await self.take(IndexFile.packages(50))
        let draft = ReviewDraft(author: "Ada", rating: 4, title: "Good", text: "It is.")
        _ = try await self.db.publish(draft, of: "package-3")
        let text = IndexFile.packages(50) + IndexFile.stanza("package-3", version: "1.1", depends: "package-9, more")
        #expect(try await self.take(text) == Importer.Report(packages: 50, written: 1))
        let package = try await self.db.find(Package.self, "package-3")
        #expect(package.version == "1.1" && package.reviewCount == 1 && package.rating == 4)
        #expect(package.summary == "what package-3 is in 1.1")
        #expect(try await self.db.versions(of: package).map(\.number) == ["1.1", "1.0"])
        let targets = try await self.db.select(PackageDependency.self)
            .where { $0.packageName == "package-3" }
            .columns { $0.targetName }
            .all()
        #expect(Set(targets) == ["package-9", "more"])
        #expect(try await self.db.find(Package.self, "package-2").dependentCount == 0)
    }

    @Test("Of several versions the latest counts, in whichever order they come", arguments: [true, false])
    func latest(isAscending: Bool) async throws {
        let versions = ["1:0.9", "2.0", "1.10", "1.9~rc1"]
        let stanzas = versions.map { IndexFile.stanza("a", version: $0) }
        _ = try await self.take((isAscending ? stanzas.reversed() : stanzas).joined())
        #expect(try await self.version(of: "a") == "1:0.9")
        #expect(try await self.db.versions(of: self.db.find(Package.self, "a")).map(\.number) == versions)
        // The latest is gone, and the one before it is not new.
        _ = try await self.take(stanzas[1...].joined())
        #expect(try await self.version(of: "a") == "2.0")
    }

    @Test("What is gone from the index is removed, unless somebody has reviewed it")
    func gone() async throws {
        _ = try await self.take(IndexFile.packages(10))
        let draft = ReviewDraft(author: "Ada", rating: 5, title: "Good", text: "It is.")
        _ = try await self.db.publish(draft, of: "package-9")
        #expect(try await self.take(IndexFile.packages(4))?.removed == 5)
        let names = try await self.db.select(Package.self).order { $0.name }.columns { $0.name }.all()
        #expect(names == ["package-0", "package-1", "package-2", "package-3", "package-9"])
    }

    @Test("An import that was cut off is gone on with, and what was written is not written again")
    func cutOff() async throws {
        try self.file.write(IndexFile.packages(300))
        let importer = self.importer(batchSize: 100)
        // It is cancelled before it begins, so it ends after its first transaction.
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await importer.run()
        }
        await #expect(throws: (any Error).self) { try await task.value }
        #expect(try await self.db.catalogueState().finishedAt == nil)
        let written = try await self.db.select(Package.self).count()
        #expect(try await importer.run() == Importer.Report(packages: 300, written: 300 - written))
        #expect(try await self.db.catalogueState().finishedAt != nil)
        #expect(try await self.db.integrityCheck() == [])
    }
}
