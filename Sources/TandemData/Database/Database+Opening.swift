// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Database {
    /// A database by its URL, `sqlite:depot.sqlite` or `postgres://…`; it is opened when it is first used.
    ///
    /// - Throws: `DatabaseError` where the URL is none; what is wrong with the database is thrown by `open()` and by
    ///   its first use.
    public init(url: String) throws(DatabaseError) {
        try self.init(DatabaseSettings(url: url))
    }

    /// A database by its settings; it is opened when it is first used.
    ///
    /// - Throws: `DatabaseError` where the URL is none; what is wrong with the database is thrown by `open()` and by
    ///   its first use.
    public init(_ settings: DatabaseSettings) throws(DatabaseError) {
        self.init(try settings.driver())
    }

    /// Opens it now, so that what is wrong with it is said now.
    ///
    /// - Throws: `DatabaseError`.
    public func open() async throws {
        _ = try await self.openedDriver()
    }

    /// The driver itself.
    func openedDriver() async throws -> any DatabaseDriver {
        guard let driver = self.driver as? OpenedOnUse else { return self.driver }
        return try await driver.open()
    }

    /// The driver of SQLite, for what only it can.
    private func sqliteDriver(for what: String, instead: String) async throws -> SQLiteDriver {
        guard let driver = try await self.openedDriver() as? SQLiteDriver else {
            throw DatabaseError(.other, "\(what) is for SQLite; \(instead) does it for PostgreSQL.")
        }
        return driver
    }
}

// MARK: - Care of a file

extension Database {
    /// Copies an SQLite database, as it is now, to a file that is not there yet, while others read and write.
    ///
    /// - Throws: `DatabaseError`; with `storage` where the file is there or cannot be written.
    public func backup(to path: String) async throws {
        try await self.sqliteDriver(for: "A backup to a file", instead: "pg_dump").backup(to: path)
    }

    /// What is wrong in an SQLite database, a sentence each: damage, and rows that refer to ones that are not there.
    ///
    /// - Throws: `DatabaseError`.
    public func integrityCheck() async throws -> [String] {
        try await self.sqliteDriver(for: "The check of a file", instead: "amcheck").integrityCheck()
    }
}
