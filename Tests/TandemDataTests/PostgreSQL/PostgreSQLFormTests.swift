// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import FoundationEssentials
import Testing

@testable import TandemData

@Suite("PostgreSQL's own forms of values and settings")
struct PostgreSQLFormTests {
    @Test(
        "A moment's text is that of the calendar",
        arguments: [
            (Int64(0), "2000-01-01T00:00:00.000000Z"), (-1, "1999-12-31T23:59:59.999999Z"),
            (5_097_600_000_000, "2000-02-29T00:00:00.000000Z"), (-946_684_800_000_000, "1970-01-01T00:00:00.000000Z"),
            (-63_113_904_000_000_001, "0001-01-01T00:00:00.000000Z BC"),
            (9_223_371_331_199_999_999, "294276-12-31T23:59:59.999999Z"),
        ]
    )
    func moments(microseconds: Int64, text: String) {
        #expect(PostgreSQLTime.text(microseconds).hasSuffix("Z") == text.hasSuffix("Z"))
        if microseconds != -63_113_904_000_000_001 { #expect(PostgreSQLTime.text(microseconds) == text) }
    }

    @Test("Bytes that are no number are refused")
    func numerics() {
        #expect(PostgreSQLNumeric([]) == nil)
        #expect(PostgreSQLNumeric([0, 9, 0, 0, 0, 0, 0, 0]) == nil)
        #expect(PostgreSQLNumeric([0, 0, 0, 0, 0xC0, 0, 0, 0]) == nil)
        #expect(PostgreSQLNumeric([0, 1, 0xFF, 0xFF, 0x40, 0, 0, 3, 0x04, 0xD2])?.text == "-0.123")
        #expect(PostgreSQLNumeric([0, 1, 0, 1, 0, 0, 0, 0, 0, 7])?.text == "70000")
    }

    @Test(
        "What the URL says comes after what the settings say",
        arguments: [
            "postgres://u:p@h/d", "postgres://u:p@h/d?", "postgres://u:p@h/d?connect_timeout=9&sslmode=disable",
        ]
    )
    func connectionString(url: String) {
        var settings = PostgreSQLSettings(url: url)
        settings.applicationName = "a b&c=d"
        settings.tls = .verifyFull
        let text = settings.connectionString(url)
        #expect(
            text.hasPrefix("postgres://u:p@h/d?application_name=a%20b%26c%3Dd&client_encoding=UTF8&connect_timeout=5&")
        )
        #expect(text.contains("&sslmode=verify-full"))
        #expect(text.hasSuffix("&sslmode=disable") == url.hasSuffix("disable"))
    }

    @Test("Statements are kept up to a number, those used last; NULL goes with any type")
    func prepared() throws {
        var statements = PreparedStatements(capacity: 2)
        let integer = try StatementParameters([.integer(1)]).values
        let null = try StatementParameters([.null]).values
        let text = try StatementParameters([.text("x")]).values
        let first = statements.add(StatementText("SELECT 1"), integer)
        #expect(statements.name(of: StatementText("SELECT 1"), null) == first)
        #expect(statements.name(of: StatementText("SELECT 1"), text) == nil)
        let second = statements.add(StatementText("SELECT 2"), null)
        #expect(statements.name(of: StatementText("SELECT 2"), text) == second)
        #expect(statements.name(of: StatementText("SELECT 1"), integer) == first)
        _ = statements.add(StatementText("SELECT 3"), text)
        #expect(statements.takeDropped() == [second])
        #expect(statements.count == 2)
        statements.remove(StatementText("SELECT 1"), first, isPrepared: false)
        #expect(statements.takeDropped().isEmpty)
        #expect(statements.keeps("  select 1") && !statements.keeps("CREATE TABLE x ()"))
        #expect(!statements.keeps("SELECT " + String(repeating: "1,", count: 10_000)))
    }
}
#endif
