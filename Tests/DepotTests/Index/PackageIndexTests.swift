// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Testing

@testable import Depot

@Suite("The package index is read as it comes")
struct PackageIndexTests {
    @Test("The sample has 2,000 records of all sections, and most of what they depend on")
    func sample() async throws {
        var records: [PackageRecord] = []
        #expect(try await PackageIndex.sample.forEach { records.append($0) } == 0)
        #expect(records.count == 2_000)
        #expect(Set(records.map(\.section)).count > 50)
        #expect(records.allSatisfy { !$0.summary.isEmpty && $0.malformedRelations == 0 })
        let names = Set(records.map(\.name))
        let wanted = records.flatMap { $0.relations[.depends] ?? [] }
        let here = wanted.count { $0.alternatives.contains { names.contains($0.name) } }
        #expect(here * 4 > wanted.count * 3)
    }

    @Test("The machine's own index is read through apt", .enabled(if: CommandPath.holds("apt-cache"), "needs apt"))
    func apt() async throws {
        guard case .apt = await PackageIndex.ofMachine(or: "") else { return }
        var names: Set<String> = []
        // Who has seen enough can stop, and the program that writes is stopped too.
        await #expect(throws: CancellationError.self) {
            try await PackageIndex.apt.forEach { record in
                names.insert(record.name)
                if names.count == 3_000 { throw CancellationError() }
            }
        }
        #expect(names.count == 3_000)
    }

    @Test("A file that was changed has another fingerprint")
    func fingerprint() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "depot-\(UUID()).control").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var seen: Set<String> = []
        for text in ["Package: a\n", "Package: ab\n"] {
            try Data(text.utf8).write(to: URL(filePath: path))
            let fingerprint = try await PackageIndex.file(path).fingerprint()
            #expect(try await PackageIndex.file(path).fingerprint() == fingerprint)
            seen.insert(fingerprint)
        }
        #expect(seen.count == 2)
    }

    @Test("A file that is not there is an error that names it")
    func missing() async {
        await #expect(throws: IndexError.unreadable("none.control")) {
            try await PackageIndex.file("none.control").forEach { _ in }
        }
    }
}

extension PackageIndex {
    /// The sample in the repository.
    fileprivate static let sample = PackageIndex.file(
        #filePath.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 } + "/Examples/Depot/Data/sample.control"
    )
}
