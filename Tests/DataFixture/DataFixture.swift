// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import TandemData

/// Writes to an SQLite file until it is killed: `DataFixture PATH`.
///
/// It prints the number of each row on a line once the row is acknowledged. Four tasks write single rows, a fifth
/// writes two rows a transaction. `DataFixture URL FOLDER NAME…` migrates to one migration after the other instead, and
/// prints the names of those that it applied.
@main
struct DataFixture {
    static func main() async throws {
        if CommandLine.arguments.count > 2 { return try await Self.migrate() }
        let driver = try await SQLiteDriver(path: CommandLine.arguments[1])
        let create = Statement("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, half INTEGER) STRICT")
        _ = try await driver.run(create) { _ in }
        try await withThrowingTaskGroup { group in
            for writer in 0..<4 {
                group.addTask {
                    for number in 0... {
                        let id = Int64(number * 5 + writer)
                        _ = try await driver.run(Self.insert(id, 0)) { _ in }
                        Self.acknowledge([id])
                    }
                }
            }
            group.addTask {
                for number in 0... {
                    let ids = [Int64(number * 10 + 4), Int64(number * 10 + 9)]
                    let transaction = try await driver.begin(TransactionOptions())
                    for id in ids { _ = try await transaction.run(Self.insert(id, 1)) { _ in } }
                    try await transaction.commit()
                    Self.acknowledge(ids)
                }
            }
            try await group.waitForAll()
        }
    }

    private static func migrate() async throws {
        let db = try Database(url: CommandLine.arguments[1])
        let migrator = Migrator(db, folder: CommandLine.arguments[2], models: [])
        for name in CommandLine.arguments[3...] {
            for applied in try await migrator.up(to: name) { print(applied) }
            fflush(nil)
        }
        await db.close()
    }

    private static func insert(_ id: Int64, _ half: Int64) -> Statement {
        Statement("INSERT INTO t VALUES (?1, ?2)", [.integer(id), .integer(half)], access: .write)
    }

    private static func acknowledge(_ ids: [Int64]) {
        print(ids.map { "\($0)\n" }.joined(), terminator: "")
        fflush(nil)
    }
}
