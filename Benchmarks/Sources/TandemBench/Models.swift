// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// The answer of `/json`.
struct Message {
    var message: String

    var json: Bytes {
        var json = Bytes()
        json.append("{\"message\":")
        json.append(quoted: self.message)
        json.append("}")
        return json
    }
}

/// The answer of `/users/{id}`.
struct User {
    var id: Int
    var name: String

    var json: Bytes {
        var json = Bytes()
        json.append("{\"id\":")
        json.append(String(self.id))
        json.append(",\"name\":")
        json.append(quoted: self.name)
        json.append("}")
        return json
    }
}

/// One of the records that `/large` answers with.
struct Record: Decodable {
    var id: Int
    var name: String
    var email: String
    var active: Bool
    var score: Double
    var tags: [String]

    func write(to json: inout Bytes) {
        json.append("{\"id\":")
        json.append(String(self.id))
        json.append(",\"name\":")
        json.append(quoted: self.name)
        json.append(",\"email\":")
        json.append(quoted: self.email)
        json.append(self.active ? ",\"active\":true" : ",\"active\":false")
        json.append(",\"score\":")
        json.append(String(self.score))
        json.append(",\"tags\":[")
        for (index, tag) in self.tags.enumerated() {
            if index > 0 { json.append(",") }
            json.append(quoted: tag)
        }
        json.append("]}")
    }
}

extension [Record] {
    var json: Bytes {
        var json = Bytes()
        json.append("[")
        for (index, record) in self.enumerated() {
            if index > 0 { json.append(",") }
            record.write(to: &json)
        }
        json.append("]")
        return json
    }
}

/// What `/echo` takes and gives back.
struct Order: Codable {
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

extension Bytes {
    /// Adds a JSON string (RFC 8259, section 7).
    fileprivate mutating func append(quoted text: String) {
        self.append("\"")
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) {
            self.append(text)
        } else {
            for scalar in text.unicodeScalars {
                switch scalar {
                case "\"": self.append("\\\"")
                case "\\": self.append("\\\\")
                case "\u{0}"..<" ":
                    let digits = String(scalar.value, radix: 16)
                    self.append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
                default: self.append(String(scalar))
                }
            }
        }
        self.append("\"")
    }
}
