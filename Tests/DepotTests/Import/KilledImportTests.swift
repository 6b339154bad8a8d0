// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Tandem
import TandemTesting
import Testing

@testable import Depot

@Suite("An import that is killed is completed by the next start")
struct KilledImportTests {
    @Test(
        "Killed at any moment, the file is sound, and nothing is missing in the end",
        arguments: [0, 1, 2_000, 4_000]
    )
    func killed(at count: Int) async throws {
        let all = 5_000
        let file = try IndexFile(IndexFile.packages(all))
        let process = try self.server(file)
        let db = try Database(url: file.database)
        // Until the first of its transactions there may be no table yet.
        while process.isRunning, ((try? await db.select(Package.self).count()) ?? -1) < count { await Task.yield() }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        #expect(try await db.integrityCheck() == [])
        #expect(try await db.catalogueState().finishedAt == nil)
        await db.close()

        var depot = Depot()
        depot.index = file.index
        depot.database = file.database
        try await depot.app().test { client in
            let packages: Paged<ListedPackage> = try await client.get("/packages?size=1").json()
            #expect(packages.total == all)
            let last: Package = try await client.get("/packages/package-\(all - 2)").json()
            #expect(last.dependentCount == 1)
        }
        let after = try Database(url: file.database)
        #expect(try await after.integrityCheck() == [])
        #expect(try await after.select(PackageDependency.self).count() == all - 1)
        await after.close()
    }

    /// The program itself, reading an index.
    private func server(_ file: IndexFile) throws -> Process {
        let process = Process()
        process.executableURL = Self.program
        process.currentDirectoryURL = URL(filePath: Tool.root)
        process.environment = [
            "DATABASE_URL": file.database, "DEPOT_INDEX": file.path, "UNIX_SOCKET": file.path + ".socket",
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
        ]
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// It is built beside the tests.
    private static var program: URL {
        let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        let folder = tests ?? Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        return folder.deletingLastPathComponent().appendingPathComponent("DepotServer")
    }
}
