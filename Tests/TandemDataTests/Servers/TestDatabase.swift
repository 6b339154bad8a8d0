// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TestServers
import Testing

@testable import TandemData

/// The databases that a test runs on.
enum TestDatabase: String, CaseIterable, CustomTestStringConvertible {
    case sqlite = "SQLite"
    case postgreSQL = "PostgreSQL"

    /// Those that are installed.
    static let all: [TestDatabase] = {
        #if PostgreSQL && os(Linux)
        PostgreSQLServer.isInstalled ? allCases : [.sqlite]
        #else
        [.sqlite]
        #endif
    }()

    var testDescription: String { self.rawValue }

    /// Runs a test on an empty database of its own.
    func run(_ test: (Database) async throws -> Void) async throws {
        switch self {
        case .sqlite: try await Self.run(test, on: DatabaseSettings(url: "sqlite::memory:"))
        case .postgreSQL: try await Self.runOnPostgreSQL(test)
        }
    }

    private static func run(_ test: (Database) async throws -> Void, on settings: DatabaseSettings) async throws {
        let db = try Database(settings)
        do {
            try await test(db)
            await db.close()
        } catch {
            await db.close()
            throw error
        }
    }

    private static func runOnPostgreSQL(_ test: (Database) async throws -> Void) async throws {
        #if PostgreSQL && os(Linux)
        let url = try #require(PostgreSQLServer.shared).url
        let schema = "test_" + UUID().uuidString.lowercased().filter { $0 != "-" }
        try await self.run({ try await $0.execute("CREATE SCHEMA \(name: schema)") }, on: DatabaseSettings(url: url))
        var settings = DatabaseSettings(url: "\(url)?options=-csearch_path%3D\(schema)")
        settings.postgreSQL.connections = 1...4
        try await self.run(test, on: settings)
        try await self.run(
            { try await $0.execute("DROP SCHEMA \(name: schema) CASCADE") },
            on: DatabaseSettings(url: url)
        )
        #endif
    }
}
