// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Tandem
import Testing

// snippet: data-models
@Model("customers") struct Customer {
    @ID var id: Int64
    @Unique @Length(1...80) var name: String
    @Hidden var passwordHash: String?
}

@Model("purchases") @Index("status", "createdAt") @FullText("note")
struct Purchase {
    @ID var id: UUID
    @Reference(Customer.self, onDelete: .cascade) var customerID: Customer.ID
    var status: Status = .open
    @Range(0...1_000) @Check("amount >= 0") var amount: Int
    var note: String = ""
    @Version var version: Int = 0
    var createdAt: Date = .now
    @Touched var updatedAt: Date = .now

    @Schema enum Status { case open, paid, sent }
}

extension Customer.Columns {
    var purchases: Children<Customer, Purchase> { Children(self, by: \.customerID) }
}
// end

// snippet: data-application
struct Shop: Application {
    func build(_ app: App) throws {
        let db = try app.database(Customer.self, Purchase.self)
        app.mount(Purchases(db: db))
    }
}

/// What customers bought.
@API("/purchases") struct Purchases {
    let db: Database

    /// List a customer's orders, newest first.
    @GET func list(
        customer: Customer.ID,
        status: Purchase.Status? = nil,
        page: Query<Page> = Query(.first)
    ) async throws
        -> Paged<Purchase>
    {
        try await self.db.select(Purchase.self)
            .where {
                $0.customerID == customer
                if let status { $0.status == status }
            }
            .order {
                $0.createdAt.descending(); $0.id
            }
            .page(page.value)
    }

    /// Place an order.
    @POST func place(_ draft: Purchase.Draft) async throws -> Created<Purchase> {
        Created(try await self.db.insert(draft))
    }

    /// Fetch one order.
    @GET("{id}") func get(id: Purchase.ID) async throws -> Purchase { try await self.db.find(Purchase.self, id) }
}
// end

private func reading(_ db: Database, customer: Customer, text: String) async throws {
    // snippet: data-reading
    let open = try await db.select(Purchase.self)
        .where {
            $0.status == .open; $0.customer.name == "Ada"
        }
        .order { $0.createdAt.descending() }
        .limit(20)
        .all()
    let customers = try await db.select(Customer.self)
        .where { $0.purchases.any { $0.amount > 100 } }
        .with(\.purchases) { $0.order { $0.createdAt.descending() }.limit(3) }
        .all()
    for (customer, latest) in customers { print(customer.name, latest.count) }
    let totals = try await db.select(Purchase.self)
        .group { $0.status }
        .columns {
            $0.status; count(); $0.amount.sum()
        }
        .all()
    let found = try await db.select(Purchase.self).matching(text, snippetOf: \.note).all()
    for try await purchase in db.select(Purchase.self).stream() { print(purchase.id) }
    // end
    _ = (open, totals, found)
}

private func writing(_ db: Database, customer: Customer) async throws {
    // snippet: data-writing
    var purchase = try await db.insert(Purchase.Draft(customerID: customer.id, amount: 3))
    purchase.note = "with a bow"
    purchase = try await db.update(purchase)
    let paid = try await db.update(Purchase.self)
        .set(\.status, to: .paid)
        .set(\.amount) { $0.amount + 1 }
        .where { $0.customerID == customer.id }
        .run()
    try await db.insert(Customer.Draft(name: "Ada"), onConflict: .update(on: \.name))
    try await db.delete(Purchase.self).where { $0.status == .sent }.run()
    // end
    _ = paid
}

private func transactions(_ db: Database, customer: Customer) async throws {
    // snippet: data-transactions
    let purchase = try await db.transaction { db in
        let purchase = try await db.insert(Purchase.Draft(customerID: customer.id, amount: 1))
        try await db.update(Purchase.self).set(\.status, to: .sent).where { $0.id == purchase.id }.run()
        await db.afterCommit { print("sent") }
        return purchase
    }
    // end
    _ = purchase
}

private func observing(_ db: Database) async throws {
    // snippet: data-changes
    for await change in db.changes(of: Purchase.self) {
        switch change {
        case .inserted(let id), .updated(let id), .deleted(let id): print(id)
        case .several: print("look again")
        }
    }
    // end
}

private func byHand(_ db: Database, name: String) async throws {
    // snippet: data-sql
    let rows = try await db.rows("SELECT status, count(*) FROM purchases GROUP BY status", as: String.self, Int.self)
    let count = try await db.execute("DELETE FROM customers WHERE name = \(name)")
    // end
    _ = (rows, count)
}

#if PostgreSQL
private func postgreSQL() -> DatabaseSettings {
    // snippet: data-postgresql
    var settings = DatabaseSettings(url: "postgres://app@db.example.com/shop?sslmode=verify-full")
    settings.postgreSQL.tlsAuthorities = "/etc/shop/authorities.pem"
    settings.postgreSQL.replicas = ["postgres://app@replica.example.com/shop"]
    // end
    return settings
}
#endif

private func fresh(_ db: Database, id: Purchase.ID) async throws -> Purchase {
    // snippet: data-primary
    let purchase = try await db.primary.find(Purchase.self, id)
    // end
    return purchase
}

@Suite("The guide's data snippets do what they say")
struct DataSnippetTests {
    @Test("Orders are placed, found and changed")
    func orders() async throws {
        let db = try Database(url: "sqlite::memory:")
        try await db.createTables(for: [Customer.self, Purchase.self])
        let ada = try await db.insert(Customer.Draft(name: "Ada", passwordHash: "secret"))
        try await writing(db, customer: ada)
        try await transactions(db, customer: ada)
        try await reading(db, customer: ada, text: "bow")
        try await byHand(db, name: "Bob")
        #expect(try await db.select(Purchase.self).count() == 2)
        #expect(try await db.find(Customer.self, ada.id).passwordHash == nil)
        await db.close()
    }
}
