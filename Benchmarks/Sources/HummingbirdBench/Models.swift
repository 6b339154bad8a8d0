// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Hummingbird

/// The answer of `/json`.
struct Message: ResponseEncodable {
    var message: String
}

/// The answer of `/users/{id}`.
struct User: ResponseEncodable {
    var id: Int
    var name: String
}

/// One of the records that `/large` answers with.
struct Record: ResponseCodable {
    var id: Int
    var name: String
    var email: String
    var active: Bool
    var score: Double
    var tags: [String]
}

/// What `/echo` takes and gives back.
struct Order: ResponseCodable {
    var id: Int
    var customer: String
    var note: String
    var paid: Bool
    var items: [OrderItem]
}

/// A line of an order.
struct OrderItem: Codable {
    var sku: String
    var title: String
    var quantity: Int
    var price: Double
}
