// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemData
import TandemSchema
import Testing

@Suite("A model is read from a row and written to one")
struct ModelRowTests {
    private static let customer = UUID.version7()
    private static let time = Date(timeIntervalSince1970: 1_000_000)

    static let values: [SQLValue] = [
        .integer(7), .text("Fire"), .text("It burns."), .text("fire"), .text("closed"), .text("2"), .uuid(customer),
        .text("Ada"), .null, .json(#"{"city":"Rome"}"#), .json(#"["a"]"#), .text("hash"), .text("fire"), .integer(3),
        .timestamp(time), .timestamp(time), .integer(5),
    ]

    @Test("Every way of a column is read: values of their own, words, JSON, NULL")
    func reading() throws {
        let ticket = try Ticket(Self.values)
        #expect(ticket.id == 7)
        #expect(ticket.body == "It burns.")
        #expect(ticket.status == .closed)
        #expect(ticket.priority == .high)
        #expect(ticket.customerID == Self.customer)
        #expect(ticket.agentID == "Ada")
        #expect(ticket.payer == nil)
        #expect(ticket.address == Ticket.Address(city: "Rome"))
        #expect(ticket.tags == ["a"])
        #expect(ticket.search == "fire")
        #expect(ticket.createdAt == Self.time)
    }

    @Test("What is written is what was read, without what the database computes")
    func writing() throws {
        var expected = Self.values
        expected.remove(at: 12)
        let ticket = try Ticket(Self.values)
        #expect(RowArray(ticket).values == expected)
        #expect(ticket.filledColumns == Ticket.table.columns.map(\.name).filter { $0 != "search" })
    }

    @Test("A word that the enum does not have is no value of it")
    func unknownWord() {
        var values = Self.values
        values[4] = .text("burning")
        #expect(throws: DatabaseError.self) { try Ticket(values) }
    }

    @Test("A key is as many values as it has columns")
    func keys() {
        #expect(Ticket.keyValues(of: 7) == [.integer(7)])
        #expect(Customer.keyValues(of: Self.customer) == [.uuid(Self.customer)])
        #expect(Agent.keyValues(of: "Ada") == [.text("Ada")])
        let id = Membership.ID(agent: "Ada", role: .owner)
        #expect(Membership.keyValues(of: id) == [.text("Ada"), .text("owner")])
        #expect(Agent(name: "Ada").id == "Ada")
        #expect(Membership(agent: "Ada", role: .owner).id == id)
    }
}
