// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TestServers
import Testing

@testable import Depot
@testable import TandemData

@Suite("The best reviewed packages come first, without looking at the others")
struct RatingOrderTests {
    private static var dialects: [Dialect] {
        #if os(Linux)
        PostgreSQLServer.isInstalled ? [.sqlite, .postgreSQL] : [.sqlite]
        #else
        [.sqlite]
        #endif
    }

    private func url(_ dialect: Dialect) async throws -> String {
        #if os(Linux)
        if dialect == .postgreSQL {
            let server = try #require(PostgreSQLServer.shared)
            let all = try Database(url: server.url)
            try await all.run(Statement("CREATE DATABASE depot_ratings", access: .write))
            await all.close()
            return server.url(of: "depot_ratings")
        }
        #endif
        return "sqlite::memory:"
    }

    /// A catalogue of 2,000 packages as migrations make it, of which some have reviews.
    private func catalogue(_ dialect: Dialect, _ body: (Database) async throws -> Void) async throws {
        let db = try Database(url: await self.url(dialect))
        let migrator = Migrator(db, folder: "\(Tool.root)/Examples/Depot/Migrations", models: ImporterTests.models)
        try await migrator.up(to: "0001_catalogue")
        try await db.insert(Section(name: "tests"))
        try await db.execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
            INSERT INTO packages (name, summary, description, section_name, priority, architecture, version, maintainer,
                tags, review_count, rating_sum)
            SELECT 'p' || (10000 + i), '', '', 'tests', 'optional', 'all', '1', '', '[]',
                CASE WHEN i = 1500 THEN 3 ELSE 0 END, CASE WHEN i = 1500 THEN 13 ELSE 0 END FROM n
            """
        )
        try await migrator.up()
        for (name, rating) in [("p11000", 4), ("p11001", 5), ("p11002", 1), ("p10500", 4), ("p11002", 2)] {
            let author = "\(name) \(rating)"
            _ = try await db.publish(ReviewDraft(author: author, rating: rating, title: "So", text: "It is."), of: name)
        }
        try await body(db)
        try await migrator.down(to: "0001_catalogue")
        #expect(try await db.rows("SELECT count(*) FROM packages", as: Int.self) == [2_000])
        await db.close()
    }

    @Test("By their mean and then their names, along the index", arguments: Self.dialects)
    func order(dialect: Dialect) async throws {
        try await self.catalogue(dialect) { db in
            var filter = PackageFilter()
            filter.sort = .rating
            let packages = filter.packages(in: db).limit(7)
            let names = try await packages.all().map(\.name)
            #expect(names == ["p11001", "p11500", "p10500", "p11000", "p11002", "p10001", "p10002"])
            #expect(try await db.find(Package.self, "p11002").rating == 1.5)

            if dialect == .postgreSQL { try await db.execute("ANALYZE packages") }
            let statement = try packages.statement.statement(dialect)
            let explain = dialect == .sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN "
            var plan: [String] = []
            try await db.run(Statement(explain + statement.text, statement.values, access: .read)) { row in
                if dialect == .sqlite { for _ in 0..<3 { _ = try row.integer() } }
                plan.append(try row.text())
            }
            let lines = plan.joined(separator: "\n")
            #expect(lines.contains("packages_rating_order_name_index"))
            #expect(!lines.contains("TEMP B-TREE") && !lines.contains("Sort"), "\(lines)")
        }
    }
}
