// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import TandemData

/// A database file of a test's own.
struct SQLiteFile {
    let folder: URL
    var path: String { self.folder.appendingPathComponent("test.sqlite").path }

    init() throws {
        self.folder = FileManager.default.temporaryDirectory.appendingPathComponent("tandem-test-\(UUID())")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: false)
    }

    func remove() { try? FileManager.default.removeItem(at: self.folder) }

    /// Opens a file while `body` runs, with what `schema` says in it.
    static func opened(
        _ schema: [String] = [],
        _ change: (inout SQLiteSettings) -> Void = { _ in },
        _ body: (SQLiteDriver, SQLiteFile) async throws -> Void
    ) async throws {
        let file = try SQLiteFile()
        defer { file.remove() }
        var settings = SQLiteSettings()
        change(&settings)
        let driver = try await SQLiteDriver(path: file.path, settings: settings)
        for text in schema { try await driver.run(text) }
        try await body(driver, file)
        await driver.close()
    }
}

extension SQLiteDriver {
    @discardableResult
    func run(_ text: String, _ values: SQLValue...) async throws -> Int {
        try await self.run(Statement(text, values)) { _ in }
    }

    func integers(_ text: String, _ values: SQLValue..., access: Statement.Access = .unknown) async throws -> [Int64] {
        var found: [Int64] = []
        _ = try await self.run(Statement(text, values, access: access)) { found.append(try $0.integer()) }
        return found
    }

    func texts(_ text: String, _ values: SQLValue...) async throws -> [String] {
        var found: [String] = []
        _ = try await self.run(Statement(text, values)) { found.append(try $0.text()) }
        return found
    }
}

extension DatabaseTransaction {
    @discardableResult
    func run(_ text: String, _ values: SQLValue...) async throws -> Int {
        try await self.run(Statement(text, values)) { _ in }
    }

    func integers(_ text: String, _ values: SQLValue...) async throws -> [Int64] {
        var found: [Int64] = []
        _ = try await self.run(Statement(text, values)) { found.append(try $0.integer()) }
        return found
    }
}

/// The error that `body` throws, which is a `DatabaseError`.
func databaseError(
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async -> DatabaseError? {
    await #expect(throws: DatabaseError.self, sourceLocation: sourceLocation) { try await body() }
}

/// Counts to 10,000,000 in some seconds, by steps that no index shortens.
let longCount = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) SELECT sum(i) FROM n"
