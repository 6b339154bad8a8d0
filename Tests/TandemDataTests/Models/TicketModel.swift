// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemData
import TandemSchema

/// A ticket.
@Model("tickets")
@Index("status", "createdAt")
@Unique("customerID", "subject")
@Check("stars BETWEEN 1 AND 5")
@Check("length(subject) > 0 OR text = ''")
@FullText("subject", "body")
struct Ticket: Equatable {
    @ID var id: Int64
    /// What is wrong.
    @Length(1...120) @Index var subject: String
    @Column("text") var body: String
    @Unique var slug: String
    var status: Status = .open
    var priority: Priority?
    @Reference(Customer.self, onDelete: .cascade) var customerID: Customer.ID
    @Reference(Agent.self, onDelete: .setNull) var agentID: Agent.ID?
    @Reference(Customer.self, as: "buyer") @Index var payer: Customer.ID?
    var address: Address?
    @Unique @Items(..<4) var tags: [String] = []
    @Hidden var passwordHash: String
    @Generated("lower(subject)") var search: String
    @Version var version: Int = 0
    var createdAt: Date = .now
    @Touched var updatedAt: Date = .now
    @Check("stars > 0") var stars: Int

    static let count = 3
    var isOpen: Bool { self.status == .open }

    @Schema enum Status { case open, closed }
    @Schema enum Priority: Int { case low = 1, high = 2 }
    @Schema struct Address: Equatable { var city: String }
}

/// Refers to what refers to it.
@Model("customers") struct Customer {
    @ID var id: UUID
    var name: String
    @Reference(Ticket.self) var lastTicketID: Ticket.ID?
    @Reference(Customer.self) var parentID: Customer.ID?
}
