// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TestServers
import Testing

@testable import TandemData

/// A folder of migrations and an empty database, which go when a test ends.
struct MigrationPlace {
    let folder: String
    let db: Database
    /// What leads to the same database once more, where it is not in memory.
    let url: String

    /// Makes one for the time of a test; in a file of the folder, where other processes are to reach it.
    static func opened(
        _ dialect: Dialect = .sqlite,
        isShared: Bool = false,
        _ body: (MigrationPlace) async throws -> Void
    ) async throws {
        let name = "m\(UUID().uuidString.lowercased().replacing("-", with: ""))"
        let folder = "\(FileManager.default.temporaryDirectory.path)/tandem-migrations-\(name)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let url = isShared && dialect == .sqlite ? "sqlite:\(folder)/db" : try await self.url(dialect, name)
        let place = MigrationPlace(folder: folder, db: try Database(url: url), url: url)
        do {
            try await body(place)
        } catch {
            await place.close()
            throw error
        }
        await place.close()
    }

    private static func url(_ dialect: Dialect, _ name: String) async throws -> String {
        #if os(Linux) && PostgreSQL
        if dialect == .postgreSQL {
            let server = try #require(PostgreSQLServer.shared)
            let all = try Database(url: server.url)
            try await all.run(Statement("CREATE DATABASE \(name)", access: .write))
            await all.close()
            return server.url(of: name)
        }
        #endif
        return "sqlite::memory:"
    }

    private func close() async {
        await self.db.close()
        try? FileManager.default.removeItem(atPath: self.folder)
    }

    /// What migrates to tables.
    func migrator(_ tables: Table...) -> Migrator { self.migrator(tables) }

    func migrator(_ tables: [Table]) -> Migrator { Migrator(self.db, folder: self.folder, tables: tables) }

    /// What a query by hand has, a text a row.
    func texts(_ sql: String) async throws -> [String] {
        var texts: [String] = []
        try await self.db.run(Statement(sql, access: .unknown)) { row in
            switch try row.value() {
            case .text(let text): texts.append(text)
            case .integer(let number): texts.append("\(number)")
            case .null: texts.append("NULL")
            case let other: texts.append("\(other)")
            }
        }
        return texts
    }

    /// The columns of a table, in order.
    func columns(of table: String) async throws -> [String] {
        switch self.db.dialect {
        case .sqlite: try await self.texts("SELECT name FROM pragma_table_info('\(table)')")
        case .postgreSQL:
            try await self.texts(
                "SELECT column_name::text FROM information_schema.columns WHERE table_name = '\(table)' "
                    + "ORDER BY ordinal_position"
            )
        }
    }

    func execute(_ sql: String) async throws { try await self.db.run(Statement(sql, access: .write)) }

    /// Writes a file by hand.
    func write(_ name: String, _ text: String) throws {
        try FileManager.default.createDirectory(atPath: self.folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: "\(self.folder)/\(name).migration"))
    }

    /// Changes a file by hand.
    func edit(_ name: String, _ change: (String) -> String) throws {
        let url = URL(filePath: "\(self.folder)/\(name).migration")
        try self.write(name, change(String(decoding: try Data(contentsOf: url), as: UTF8.self)))
    }
}

extension Dialect {
    /// The databases that tests can run on here.
    static var installed: [Dialect] {
        #if os(Linux) && PostgreSQL
        PostgreSQLServer.isInstalled ? [.sqlite, .postgreSQL] : [.sqlite]
        #else
        [.sqlite]
        #endif
    }
}

/// The tables that tests begin with.
enum Tables {
    static let customers = Table(
        "customers",
        columns: [counted, TableColumn("name", .text)],
        key: ["id"],
        indexes: [TableIndex(["name"], of: "customers", isUnique: true)]
    )

    static var tickets: Table {
        Table(
            "tickets",
            columns: [
                counted,
                TableColumn("subject", .text),
                TableColumn(
                    "customer_id",
                    .integer,
                    reference: ColumnReference("customers", column: "id", onDelete: .cascade)
                ),
            ],
            key: ["id"],
            indexes: [TableIndex(["customer_id"], of: "tickets")]
        )
    }

    static let counted = TableColumn("id", .integer, isCounted: true)
}
