// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemSchema
import Testing

@testable import TandemData

@Suite("A model's columns are named in queries as its properties are")
struct ModelColumnsTests {
    private let ticket = Ticket.Columns(TableReference("tickets"))

    @Test("Each has the type of its property, and its way into the database")
    func types() {
        let subject: SQLExpression<String> = self.ticket.subject
        let status: SQLExpression<Ticket.Status> = self.ticket.status
        let priority: SQLExpression<Ticket.Priority?> = self.ticket.priority
        let address: SQLExpression<Ticket.Address?> = self.ticket.address
        let tags: SQLExpression<[String]> = self.ticket.tags
        #expect(subject.coding.encode("a") == .text("a"))
        #expect(status.coding.encode(.closed) == .text("closed"))
        #expect(priority.coding.encode(nil) == .null)
        #expect(priority.coding.encode(.high) == .text("2"))
        #expect(address.coding.encode(nil) == .null)
        #expect(tags.coding.encode(["a"]) == .json(#"["a"]"#))
    }

    @Test("A reference leads on, as often as there is one")
    func relations() {
        let customer: Reference<Ticket, Customer> = self.ticket.customer
        let agent: OptionalReference<Ticket, Agent> = self.ticket.agent
        let buyer: OptionalReference<Ticket, Customer> = self.ticket.buyer
        #expect(customer.place.path.map(\.target) == ["customers"])
        #expect(agent.place.path.map(\.targetColumn) == ["name"])
        #expect(buyer.place.path.map(\.column) == ["payer"])
        let parent: OptionalReference<Customer, Customer> = self.ticket.customer.parent
        #expect(parent.place.path.map(\.column) == ["customer_id", "parent_id"])
        let name: SQLExpression<String> = self.ticket.customer.parent.name
        #expect(name.coding.type == .text)
    }

    @Test("A reference has the key of the other out of a row")
    func keys() throws {
        let ticket = try Ticket(ModelRowTests.values)
        #expect(self.ticket.customer.key(ticket) == ticket.customerID)
        #expect(self.ticket.agent.key(ticket) == "Ada")
        #expect(self.ticket.buyer.key(ticket) == nil)
    }
}
