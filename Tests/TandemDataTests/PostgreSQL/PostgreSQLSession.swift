// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL && os(Linux)
import TestServers
import Testing

@testable import TandemData

/// A driver on a server of the tests, and what is asked of it most.
struct PostgreSQLSession {
    let driver: PostgreSQLDriver

    /// Connects, runs a test, and closes everything.
    static func run(
        on server: PostgreSQLServer? = nil,
        _ change: (inout PostgreSQLSettings) -> Void = { _ in },
        _ body: (PostgreSQLSession) async throws -> Void
    ) async throws {
        let server = try server ?? #require(PostgreSQLServer.shared)
        var settings = PostgreSQLSettings(url: server.url)
        change(&settings)
        let driver = try await PostgreSQLDriver.connect(settings)
        do {
            try await body(PostgreSQLSession(driver: driver))
        } catch {
            await driver.close()
            throw error
        }
        await driver.close()
    }

    @discardableResult
    func run(_ text: String, _ values: [SQLValue] = [], access: Statement.Access = .unknown) async throws -> Int {
        try await self.driver.run(Statement(text, values, access: access)) { _ in }
    }

    /// The rows of a query, each column as the database's type says.
    func rows(_ text: String, _ values: [SQLValue] = [], access: Statement.Access = .read) async throws -> [[SQLValue]]
    {
        try await self.driver.rows(text, values, access: access)
    }

    /// The first value of the first row.
    func value(_ text: String, _ values: [SQLValue] = [], access: Statement.Access = .read) async throws -> SQLValue? {
        try await self.rows(text, values, access: access).first?.first
    }

    /// The code of the error that a statement ends with.
    func code(of text: String, _ values: [SQLValue] = []) async -> DatabaseError.Code? {
        await TandemDataTests.code { try await self.run(text, values) }
    }
}

extension DatabaseDriver {
    func rows(_ text: String, _ values: [SQLValue] = [], access: Statement.Access = .read) async throws -> [[SQLValue]]
    {
        var rows: [[SQLValue]] = []
        _ = try await self.run(Statement(text, values, access: access)) { rows.append(try $0.all()) }
        return rows
    }
}

extension DatabaseTransaction {
    @discardableResult
    func run(_ text: String, _ values: [SQLValue] = []) async throws -> Int {
        try await self.run(Statement(text, values)) { _ in }
    }

    func value(_ text: String, _ values: [SQLValue] = []) async throws -> SQLValue? {
        var value: SQLValue?
        _ = try await self.run(Statement(text, values)) { value = try $0.value() }
        return value
    }
}

extension RowReader {
    /// All columns that are left.
    mutating func all() throws -> [SQLValue] {
        var values: [SQLValue] = []
        while true {
            do throws(DatabaseError) { values.append(try self.value()) } catch {
                if error.message.contains("one more was asked for") { return values }
                throw error
            }
        }
    }
}

/// The code of the error that something ends with.
func code(_ body: () async throws -> Void) async -> DatabaseError.Code? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? DatabaseError)?.code
    }
}
#endif
