// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

@testable import TandemData

/// A folder of migrations and an empty database, which go when it does.
final class MigrationPlace {
    let folder: String
    let db: Database

    init() throws {
        self.folder = "\(FileManager.default.temporaryDirectory.path)/tandem-migrations-\(UUID().uuidString)"
        self.db = try Database(url: "sqlite::memory:")
    }

    deinit { try? FileManager.default.removeItem(atPath: self.folder) }

    /// What migrates to tables.
    func migrator(_ tables: Table...) -> Migrator { Migrator(self.db, folder: self.folder, tables: tables) }

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

    func execute(_ sql: String) async throws { try await self.db.run(Statement(sql, access: .write)) }

    /// Changes a file by hand.
    func edit(_ name: String, _ change: (String) -> String) throws {
        let url = URL(filePath: "\(self.folder)/\(name).migration")
        let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
        try Data(change(text).utf8).write(to: url)
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

    private static let counted = TableColumn("id", .integer, isCounted: true)
}
