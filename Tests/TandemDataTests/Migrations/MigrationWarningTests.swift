// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemData

@Suite("A migration says what rows lose by it, and where they may stop it")
struct MigrationWarningTests {
    private static var state: SchemaState {
        get throws {
            var tickets = Tables.tickets
            tickets.columns += [
                TableColumn("note", .text, isOptional: true), TableColumn("hours", .double),
                TableColumn("small", .text, generated: "lower(subject)"),
            ]
            return try SchemaState([Tables.customers, tickets])
        }
    }

    @Test(
        "Each step has its warnings",
        arguments: [
            ("drop table tickets", ["All rows of tickets are lost."]),
            ("drop column tickets.note", ["What tickets.note holds is lost."]),
            ("drop column tickets.small", []),
            (
                "add column tickets.stars integer",
                ["It fails if tickets has rows: they have no stars. Give it a default, or `fill`."]
            ),
            ("add column tickets.stars integer fill 3", []),
            ("add column tickets.stars integer default 3", []),
            ("add column tickets.stars integer null", []),
            ("change column tickets.hours integer", ["What tickets.hours holds is cut short, double to integer."]),
            (
                "change column tickets.subject integer",
                ["It fails if tickets.subject holds what does not go from text to integer."]
            ),
            ("change column tickets.hours text", []),
            (
                "change column tickets.note text",
                ["It fails if tickets.note is NULL in a row: give it a default, or `fill`."]
            ),
            ("change column tickets.note text fill ''", []),
            (
                "change column tickets.note text null generated (subject)",
                ["What tickets.note holds is lost: it is computed from now on."]
            ),
            (
                "change column tickets.customer_id integer references tickets (id)",
                ["It fails if tickets.customer_id names what is not in tickets."]
            ),
            ("change column tickets.customer_id integer references customers (id)", []),
            (
                "add unique u on tickets (subject, hours)",
                ["It fails if two rows of tickets have the same subject and hours."]
            ),
            ("add index i on tickets (subject)", []),
            ("add check c on tickets (hours\n    > 0)", ["It fails if a row of tickets breaks the rule: hours > 0."]),
            ("change key tickets (subject)", ["It fails if two rows of tickets have the same subject."]),
            (
                "add column tickets.remark text null\ndrop column tickets.note",
                [
                    "What tickets.note holds is lost.",
                    "If it only has another name now, write `rename column tickets.note to remark` instead of dropping "
                        + "and adding.",
                ]
            ),
            ("add column tickets.stars integer null\ndrop column tickets.note", ["What tickets.note holds is lost."]),
            (
                "create table clients\n    id integer counted key\n    name text\ndrop table customers",
                [
                    "All rows of customers are lost.",
                    "If it only has another name now, write `rename table customers to clients` instead of dropping and "
                        + "adding.",
                ]
            ),
            ("rename column tickets.note to remark\nrename table tickets to issues", []),
        ]
    )
    func steps(text: String, warnings: [String]) throws {
        #expect(try MigrationText(text).operations.warnings(from: Self.state).flatMap(\.self) == warnings)
    }

    @Test("They stand in the file, and are told when it is made, listed and planned")
    func told() async throws {
        try await MigrationPlace.opened { place in
            var tickets = Tables.tickets
            try place.migrator(Tables.customers, tickets).make("begin")
            try await place.migrator(Tables.customers, tickets).up()
            tickets.columns.remove(at: 1)
            let migrator = place.migrator(Tables.customers, tickets)
            let made = try #require(try migrator.make("less"))
            let loss = "What tickets.subject holds is lost."
            #expect(made.text == "-- \(loss)\ndrop column tickets.subject\n")
            #expect(made.warnings == [loss])
            #expect(try await migrator.status().map(\.warnings) == [[], [loss]])
            #expect(try await migrator.plan().hasPrefix("-- 0002_less\n-- Warning: \(loss)\n"))
            try await migrator.up()
            #expect(try await migrator.status().map(\.warnings) == [[], []])
        }
    }
}
