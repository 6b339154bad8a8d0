// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemData
import TandemSchema
import Testing

@Suite("A model says what its table is")
struct ModelTableTests {
    @Test("Each property is a column of its type, named in snake case or as @Column says")
    func columns() {
        let columns: [TableColumn] = [
            TableColumn("id", .integer, isCounted: true),
            TableColumn("subject", .text),
            TableColumn("text", .text),
            TableColumn("slug", .text),
            TableColumn("status", .text, defaultValue: .text(value: "open")),
            TableColumn("priority", .text, isOptional: true),
            TableColumn(
                "customer_id",
                .uuid,
                reference: ColumnReference("customers", column: "id", onDelete: .cascade)
            ),
            TableColumn(
                "agent_id",
                .text,
                isOptional: true,
                reference: ColumnReference("agents", column: "name", onDelete: .setNull)
            ),
            TableColumn("payer", .uuid, isOptional: true, reference: ColumnReference("customers", column: "id")),
            TableColumn("address", .json, isOptional: true),
            TableColumn("tags", .json, defaultValue: .json(value: "[]")),
            TableColumn("password_hash", .text),
            TableColumn("search", .text, generated: "lower(subject)"),
            TableColumn("version", .integer, defaultValue: .integer(value: 0)),
            TableColumn("created_at", .timestamp, defaultValue: .now),
            TableColumn("updated_at", .timestamp, defaultValue: .now),
            TableColumn("stars", .integer),
        ]
        #expect(Ticket.table.columns.map(\.name) == columns.map(\.name))
        for (column, expected) in zip(Ticket.table.columns, columns) { #expect(column == expected) }
        #expect(Ticket.table.name == "tickets")
        #expect(Ticket.table.key == ["id"])
    }

    @Test("Indexes are those of properties, of the struct, and of references that no other serves")
    func indexes() {
        let indexes = [
            TableIndex(["subject"], of: "tickets"),
            TableIndex(["slug"], of: "tickets", isUnique: true),
            TableIndex(["payer"], of: "tickets"),
            TableIndex(["customer_id", "subject"], of: "tickets", isUnique: true),
            TableIndex(["status", "created_at"], of: "tickets"),
            TableIndex(["agent_id"], of: "tickets"),
        ]
        #expect(Ticket.table.indexes == indexes)
    }

    @Test("Rules are named after the columns that they are about")
    func checks() {
        let checks = [
            TableCheck("stars > 0", of: "tickets", named: "stars"),
            TableCheck("stars BETWEEN 1 AND 5", of: "tickets", named: "stars_2"),
            TableCheck("length(subject) > 0 OR text = ''", of: "tickets", named: "subject_text"),
        ]
        #expect(Ticket.table.checks == checks)
        #expect(Ticket.table.searched == ["subject", "text"])
    }

    @Test("What changes with a row is named by its columns")
    func changes() {
        #expect(Ticket.versionColumn == "version")
        #expect(Ticket.touchedColumns == ["updated_at"])
        #expect(Customer.versionColumn == nil)
        #expect(Customer.touchedColumns == [])
    }

    @Test("Tables that refer to each other, and to themselves, are there")
    func circles() {
        let columns = Customer.table.columns
        #expect(columns.compactMap(\.reference?.table) == ["tickets", "customers"])
        #expect(Customer.table.indexes.map(\.columns) == [["last_ticket_id"], ["parent_id"]])
    }

    @Test("A key of several columns is one, and the index of a reference that it begins with")
    func composite() {
        #expect(Membership.table.key == ["agent", "role"])
        #expect(Membership.table.columns.map(\.isCounted) == [false, false, false, false])
        #expect(Membership.table.indexes == [])
        // A default that is another each time is none of the table's.
        #expect(Membership.table.column("key")?.defaultValue == nil)
        #expect(Membership.table.column("since")?.defaultValue == .now)
        #expect(Agent.table.column("name")?.isCounted == false)
    }
}
