// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemSchema

/// An order whose every field is checked.
@Schema struct CheckedOrder {
    var id: Int
    @Length(1...80) var customer: String
    @Format(.email) var email: String
    @Length(...500) var note: String
    var paid: Bool
    @Items(1...20) var items: [CheckedItem]
}

/// A line of an order.
@Schema struct CheckedItem {
    @Pattern("^[A-Z]{3}-[0-9]{4}$") var sku: String
    @Length(1...120) var title: String
    @Range(1...1000) var quantity: Int
    @Range(0...) var price: Double
}

/// An order with what it costs.
@Schema struct TotalledOrder {
    var id: Int
    var customer: String
    var email: String
    var note: String
    var paid: Bool
    var items: [CheckedItem]
    var total: Double
}

/// What part `api` asks for.
@API("/orders") struct Orders {
    @POST func add(_ order: CheckedOrder) -> TotalledOrder {
        TotalledOrder(
            id: order.id,
            customer: order.customer,
            email: order.email,
            note: order.note,
            paid: order.paid,
            items: order.items,
            total: order.items.reduce(0) { $0 + Double($1.quantity) * $1.price }
        )
    }
}
