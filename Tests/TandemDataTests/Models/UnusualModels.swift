// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemData
import TandemSchema
import Testing

enum Shop {
    /// Stands in another type, with names that Swift keeps for itself, and code of its own.
    @Model("orders") struct Order: Hashable {
        @ID let id: UInt32
        var `default`: String = Self.standard
        var first: Int, second: Int?
        var price: Decimal = 9.95
        var counts: [String: Int] = [:]
        private var note: String? = nil
        private(set) var weight: Double {
            didSet { self.note = "weighed" }
        }
        var parts: [Shop.Part] = [Shop.Part(name: "wheel")]
        @Reference(Shop.Order.self, as: "before") var previous: Shop.Order.ID?
        @Check("second > 0") @Check("second < 9") var _odd: TandemSchema.JSON = .null

        static let standard = "none"
        static var discount: Int { 10 }

        init(id: UInt32, first: Int) {
            self.id = id
            self.first = first
            self.weight = 1
        }

        func validate() -> [Violation] {
            self.first == 0 ? [Violation("first", expected: "more than nothing")] : []
        }

        mutating func willUpdate() throws {
            self.first += 1
        }
    }

    @Schema struct Part: Hashable { var name: String }
}

/// One for each order, whose key is its own.
@Model("receipts") struct Receipt {
    @ID @Reference(Shop.Order.self, onDelete: .cascade) var orderID: Shop.Order.ID
    @Touched var at: Date?
    @Version var count: Int16

    var id: UInt32 { self.orderID }
}

@Suite("Models may be declared in unusual ways")
struct UnusualModelTests {
    @Test("Properties of one line, keywords, underscores and hidden accessors are columns")
    func columns() {
        let table = Shop.Order.table
        let names = [
            "id", "default", "first", "second", "price", "counts", "note", "weight", "parts", "previous", "odd",
        ]
        #expect(table.columns.map(\.name) == names)
        #expect(table.column("default")?.defaultValue == .text(value: "none"))
        #expect(table.column("price")?.defaultValue == .text(value: "9.95"))
        #expect(table.column("counts")?.defaultValue == .json(value: "{}"))
        #expect(table.column("parts")?.defaultValue == .json(value: #"[{"name":"wheel"}]"#))
        #expect(table.checks.map(\.name) == ["orders_odd_check", "orders_odd_2_check"])
    }

    @Test("What the user has written stays")
    func own() throws {
        var order = Shop.Order(id: 1, first: 0)
        #expect(order.validate().count == 1)
        try order.willUpdate()
        #expect(order.first == 1)
        #expect(try Shop.Order(RowArray(order).values) == order)
        #expect(Shop.Order.Draft(first: 1, weight: 2).default == "none")
        #expect(throws: ValidationError.self) {
            try JSON.decode(Shop.Order.self, from: #"{"id":1,"first":0,"weight":1}"#)
        }
    }

    @Test("A key that is another's is given, not counted")
    func sharedKey() {
        #expect(Receipt.table.column("order_id")?.isCounted == false)
        let draft = Receipt.Draft(orderID: 4)
        #expect(draft.count == 0)
        #expect(draft.at == nil)
        #expect(draft.filledColumns == ["order_id", "at", "count"])
        #expect(Receipt(orderID: 4, count: 1).id == 4)
    }
}
