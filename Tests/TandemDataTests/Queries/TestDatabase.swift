// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import TandemData

/// A database of each kind, which a suite runs on: new and empty for each test.
enum TestDatabase: String, CaseIterable, CustomTestStringConvertible {
    case sqlite
    #if PostgreSQL && os(Linux)
    case postgreSQL
    #endif

    /// Those that this machine has.
    static var installed: [TestDatabase] {
        #if PostgreSQL && os(Linux)
        PostgreSQLServer.isInstalled ? self.allCases : [.sqlite]
        #else
        self.allCases
        #endif
    }

    var testDescription: String { self.rawValue }

    private static let count = Atomic(0)

    /// Opens one, runs a test in it, and closes it.
    func run<Result: Sendable>(_ body: (Database) async throws -> Result) async throws -> Result {
        let db = try await self.open()
        do {
            let result = try await body(db)
            await db.close()
            return result
        } catch {
            await db.close()
            throw error
        }
    }

    private func open() async throws -> Database {
        switch self {
        case .sqlite: return try Database(url: "sqlite::memory:")
        #if PostgreSQL && os(Linux)
        case .postgreSQL:
            let server = try #require(PostgreSQLServer.shared)
            let name = "queries_\(Self.count.add(1, ordering: .relaxed).newValue)"
            let db = try Database(url: server.url)
            try await db.execute("CREATE DATABASE \(name: name)")
            await db.close()
            return try Database(url: server.url.replacing("/postgres", with: "/\(name)", maxReplacements: 1))
        #endif
        }
    }
}
