// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// The answer of `/json`.
@Schema struct Message {
    var message: String
}

/// The answer of `/users/{id}`.
@Schema struct User {
    var id: Int
    var name: String
}

/// One of the records that `/large` answers with.
@Schema struct Record: Decodable {
    var id: Int
    var name: String
    var email: String
    var active: Bool
    var score: Double
    var tags: [String]
}

/// What `/echo` takes and gives back.
@Schema struct Order {
    var id: Int
    var customer: String
    var note: String
    var paid: Bool
    var items: [OrderItem]
}

/// A line of an order.
@Schema struct OrderItem {
    var sku: String
    var title: String
    var quantity: Int
    var price: Double
}
