// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL && os(Linux)
import TestServers
import Testing

@testable import TandemData

@Suite(
    "What PostgreSQL refuses becomes an error that names the rule, never the values",
    .enabled(if: PostgreSQLServer.isInstalled)
)
struct PostgreSQLErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let statement: String
        var values: [SQLValue] = []
        let code: DatabaseError.Code
        var table: String?
        var columns: [String] = []
        var testDescription: String { self.statement }
    }

    static let schema = [
        "CREATE TABLE owners (id bigint PRIMARY KEY, email text UNIQUE, first text, \"Last, Name\" text, "
            + "UNIQUE (first, \"Last, Name\"))",
        "CREATE TABLE pets (id bigint PRIMARY KEY, owner_id bigint REFERENCES owners DEFERRABLE, "
            + "name text NOT NULL, age integer CHECK (age >= 0))",
        "INSERT INTO owners VALUES (1, 'secret@x.org', 'Ada', 'secret')", "INSERT INTO pets VALUES (1, 1, 'Rex', 3)",
    ]

    static let cases = [
        Case(
            statement: "INSERT INTO owners (id, email) VALUES (2, $1)",
            values: [.text("secret@x.org")],
            code: .uniqueViolation,
            table: "owners",
            columns: ["email"]
        ),
        Case(
            statement: "INSERT INTO owners (id, first, \"Last, Name\") VALUES (2, 'Ada', 'secret')",
            code: .uniqueViolation,
            table: "owners",
            columns: ["first", "\"Last", "Name\""]
        ),
        Case(
            statement: "INSERT INTO pets VALUES (2, 99, 'secret', 1)",
            code: .foreignKeyViolation,
            table: "pets",
            columns: ["owner_id"]
        ),
        Case(statement: "DELETE FROM owners WHERE id = 1", code: .foreignKeyViolation, table: "pets"),
        Case(statement: "INSERT INTO pets VALUES (2, 1, 'secret', -5)", code: .checkViolation, table: "pets"),
        Case(
            statement: "INSERT INTO pets VALUES (2, 1, NULL, 5)",
            code: .notNullViolation,
            table: "pets",
            columns: ["name"]
        ),
        Case(statement: "SELECT secret FROM nowhere", code: .invalidStatement),
        Case(statement: "SELEC secret", code: .invalidStatement),
        Case(statement: "SELECT 'secret'; SELECT 2", code: .invalidStatement),
        Case(statement: "SELECT 1 / (age - age) FROM pets", code: .invalidValue),
        Case(statement: "UPDATE pets SET age = $1", values: [.integer(.max)], code: .invalidValue),
        Case(statement: "SELECT $1::bigint", values: [.text("secret")], code: .invalidValue),
        Case(statement: "COPY pets TO STDOUT", code: .invalidStatement),
    ]

    @Test("Each kind has its code, its table and its columns", arguments: cases)
    func kinds(of example: Case) async throws {
        try await PostgreSQLSession.run { session in
            let transaction = try await session.driver.begin(TransactionOptions())
            for statement in Self.schema { try await transaction.run(statement) }
            var caught: DatabaseError?
            do { try await transaction.run(example.statement, example.values) } catch {
                caught = error as? DatabaseError
            }
            await transaction.rollback()
            let error = try #require(caught)
            #expect(error.code == example.code)
            #expect(error.table == example.table)
            #expect(error.columns == example.columns)
            for text in [error.message, error.description] {
                #expect(!text.contains("secret") && !text.contains("SELECT"), "\(text)")
            }
            #expect(try await session.value("SELECT 1::bigint") == .integer(1), "the pool is well")
        }
    }

    @Test("A rule that is checked at the end fails the commit")
    func deferred() async throws {
        try await PostgreSQLSession.run { session in
            let transaction = try await session.driver.begin(TransactionOptions())
            for statement in Self.schema { try await transaction.run(statement) }
            try await transaction.run("SET CONSTRAINTS ALL DEFERRED")
            try await transaction.run("INSERT INTO pets VALUES (2, 99, 'Tom', 1)")
            #expect(await code { try await transaction.commit() } == .foreignKeyViolation)
            #expect(try await session.value("SELECT to_regclass('pets') IS NULL") == .boolean(true))
        }
    }

    @Test("A commit after a failed statement is an error, since nothing was kept")
    func commitOfFailed() async throws {
        try await PostgreSQLSession.run { session in
            let transaction = try await session.driver.begin(TransactionOptions())
            #expect(await code { try await transaction.run("SELECT nothing") } == .invalidStatement)
            #expect(await code { try await transaction.run("SELECT 1") } == .invalidStatement)
            #expect(await code { try await transaction.commit() } == .invalidStatement)
            #expect(await code { try await transaction.run("SELECT 1") } == .closed)
        }
    }

    @Test("A statement that runs for too long is cancelled")
    func timeout() async throws {
        try await PostgreSQLSession.run({ $0.statementTimeout = .milliseconds(50) }) { session in
            #expect(await session.code(of: "SELECT pg_sleep(5)") == .cancelled)
            let next = try await session.value("SELECT 1::bigint")
            #expect(next == .integer(1))
        }
    }

    @Test("Two transactions that wait for each other: one goes on")
    func deadlock() async throws {
        try await PostgreSQLSession.run { session in
            try await session.run("CREATE TABLE deadlocked (id bigint PRIMARY KEY, n bigint)")
            try await session.run("INSERT INTO deadlocked VALUES (1, 0), (2, 0)")
            let (first, second) = (
                try await session.driver.begin(TransactionOptions()),
                try await session.driver.begin(TransactionOptions())
            )
            let update = "UPDATE deadlocked SET n = n + 1 WHERE id = $1"
            try await first.run(update, [.integer(1)])
            try await second.run(update, [.integer(2)])
            async let one = code {
                try await first.run(update, [.integer(2)])
                try await first.commit()
            }
            async let other = code {
                try await second.run(update, [.integer(1)])
                try await second.commit()
            }
            let codes = await [one, other]
            #expect(codes.contains(nil) && codes.contains(.serializationFailure), "\(codes)")
            await first.rollback()
            await second.rollback()
            #expect(try await session.value("SELECT sum(n)::bigint FROM deadlocked") == .integer(2))
            try await session.run("DROP TABLE deadlocked")
        }
    }

    @Test("A serializable transaction that another overtook may be run again; a lock that is not waited for is busy")
    func conflicts() async throws {
        try await PostgreSQLSession.run { session in
            try await session.run("CREATE TABLE contended (id bigint PRIMARY KEY, n bigint)")
            try await session.run("INSERT INTO contended VALUES (1, 0)")
            let late = try await session.driver.begin(TransactionOptions(isolation: .serializable))
            #expect(try await late.value("SELECT n FROM contended") == .integer(0))
            let early = try await session.driver.begin(TransactionOptions())
            try await early.run("UPDATE contended SET n = 1")
            #expect(await session.code(of: "SELECT * FROM contended FOR UPDATE NOWAIT") == .busy)
            try await early.commit()
            #expect(await code { try await late.run("UPDATE contended SET n = 2") } == .serializationFailure)
            await late.rollback()
            let reading = try await session.driver.begin(TransactionOptions(isReadOnly: true))
            #expect(await code { try await reading.run("UPDATE contended SET n = 2") } == .invalidStatement)
            await reading.rollback()
            try await session.run("DROP TABLE contended")
        }
    }

    @Test("A wrong address, a wrong name, and settings that libpq does not know are errors at once")
    func unreachable() async throws {
        let server = try #require(PostgreSQLServer.shared)
        for url in [
            "postgres://app@127.0.0.1:1/postgres", "postgres://app:secret@127.0.0.1:\(server.port)/nowhere",
            "\(server.url)?secret=1", "not a url",
        ] {
            var caught: DatabaseError?
            do { _ = try await PostgreSQLDriver.connect(PostgreSQLSettings(url: url)) } catch {
                caught = error as? DatabaseError
            }
            #expect(caught?.code == .connectionLost)
            #expect(caught?.description.contains("secret") == false)
        }
        #expect(!"\(PostgreSQLSettings(url: "postgres://app:secret@x/y"))".contains("secret"))
    }

    @Test("A Unix socket, and several hosts of which the first is not there")
    func addresses() async throws {
        let server = try #require(PostgreSQLServer.shared)
        for url in [server.socketURL, "postgres://app@127.0.0.1:1,127.0.0.1:\(server.port)/postgres?sslmode=prefer"] {
            try await PostgreSQLSession.run({ $0.url = url }) { session in
                let name = try await session.value("SELECT current_setting('application_name')")
                #expect(name == .text("tandem"))
            }
        }
    }
}
#endif
